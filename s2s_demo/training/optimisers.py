r"""Ways to take a step down the gradient $g_t$: one class and one line in `OPTIMISERS` each.

A kind is a frozen record of its settings, made into PyTorch's optimiser by `of`.  The learning rate $\eta_t$ is no
setting of a kind: the training loop sets it anew before each update.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass

import torch
from torch.nn import Parameter

from s2s_demo.settings import setting
from s2s_demo.training.dual_averaging import DualAveraging


@dataclass(frozen=True, kw_only=True)
class Optimiser(ABC):
    """What every kind promises."""

    @abstractmethod
    def of(self, parameters: Iterable[Parameter]) -> torch.optim.Optimizer:
        """The optimiser of these parameters, at the start of a run."""


@dataclass(frozen=True, kw_only=True)
class Adam(Optimiser):
    r"""Kingma & Ba 2015, algorithm 1: each weight has a step of its own.

    $m_t = \beta_1 m_{t-1} + (1 - \beta_1) g_t, \; v_t = \beta_2 v_{t-1} + (1 - \beta_2) g_t^2, \;
    \theta_t = \theta_{t-1} - \eta_t \hat m_t / (\sqrt{\hat v_t} + \epsilon)$, where the hats undo the start at 0;
    $\beta_2$ and $\epsilon = 10^{-9}$ as in Vaswani et al. 2017, section 5.3.
    """

    beta1: float = setting(0.9, low=0, high=0.9999, what="memory of gradients β₁", help="share of the mean kept")
    beta2: float = setting(0.98, low=0, high=0.999999, what="memory of squares β₂", help="share of their mean kept")

    def of(self, parameters: Iterable[Parameter]) -> torch.optim.Optimizer:
        return torch.optim.Adam(parameters, betas=(self.beta1, self.beta2), eps=1e-9, fused=True)


@dataclass(frozen=True, kw_only=True)
class AdamW(Adam):
    r"""Loshchilov & Hutter 2019, algorithm 2: Adam, and beside it every weight decays by itself.

    $\theta_t = (1 - \eta_t \lambda) \theta_{t-1} - \eta_t \hat m_t / (\sqrt{\hat v_t} + \epsilon)$.
    """

    weight_decay: float = setting(0.01, low=0, high=1, what="weight decay λ", help="how fast weights shrink")

    def of(self, parameters: Iterable[Parameter]) -> torch.optim.Optimizer:
        betas = (self.beta1, self.beta2)
        return torch.optim.AdamW(parameters, betas=betas, eps=1e-9, weight_decay=self.weight_decay, fused=True)


@dataclass(frozen=True, kw_only=True)
class Momentum(Optimiser):
    r"""Polyak 1964: stochastic gradient descent that keeps rolling.

    $b_t = \mu b_{t-1} + g_t, \; \theta_t = \theta_{t-1} - \eta_t b_t$; with `nesterov` (Sutskever et al. 2013),
    $g_t + \mu b_t$ takes the place of $b_t$.
    """

    momentum: float = setting(0.9, low=0.001, high=0.999, what="momentum μ", help="share of the last step kept")
    nesterov: bool = setting(False, what="Nesterov", help="looks ahead of the step")

    def of(self, parameters: Iterable[Parameter]) -> torch.optim.Optimizer:
        return torch.optim.SGD(parameters, lr=0.1, momentum=self.momentum, nesterov=self.nesterov, fused=True)


@dataclass(frozen=True, kw_only=True)
class PlainSGD(Optimiser):
    r"""Robbins & Monro 1951: stochastic gradient descent as it is, $\theta_t = \theta_{t-1} - \eta_t g_t$."""

    def of(self, parameters: Iterable[Parameter]) -> torch.optim.Optimizer:
        return torch.optim.SGD(parameters, lr=0.1, fused=True)


@dataclass(frozen=True, kw_only=True)
class Adagrad(Optimiser):
    r"""Duchi et al. 2011: weights that moved much move less.

    $G_t = G_{t-1} + g_t^2, \; \theta_t = \theta_{t-1} - \eta_t g_t / (\sqrt{G_t} + \epsilon)$.
    """

    def of(self, parameters: Iterable[Parameter]) -> torch.optim.Optimizer:
        return torch.optim.Adagrad(parameters)  # fused, it would know no GPU


@dataclass(frozen=True, kw_only=True)
class RMSprop(Optimiser):
    r"""Tieleman & Hinton 2012, lecture 6.5: Adagrad that forgets.

    $v_t = \rho v_{t-1} + (1 - \rho) g_t^2, \; \theta_t = \theta_{t-1} - \eta_t g_t / (\sqrt{v_t} + \epsilon)$;
    `centred` (Graves 2013, eq. 38-45) takes the square of the mean gradient off $v_t$.
    """

    smoothing: float = setting(0.99, low=0, high=0.9999, what="memory of squares ρ", help="share of their mean kept")
    centred: bool = setting(False, what="centred", help="divides by the deviation from the mean gradient")

    def of(self, parameters: Iterable[Parameter]) -> torch.optim.Optimizer:
        return torch.optim.RMSprop(parameters, alpha=self.smoothing, centered=self.centred)


@dataclass(frozen=True, kw_only=True)
class Adadelta(Optimiser):
    r"""Zeiler 2012, algorithm 1: steps measured in past steps, so that a learning rate of 1 is where to begin.

    $\theta_t = \theta_{t-1} - \eta_t g_t \sqrt{u_{t-1} + \epsilon} / \sqrt{v_t + \epsilon}$, where $v_t$ and $u_t$
    are running means of squared gradients and of squared steps.
    """

    rho: float = setting(0.9, low=0, high=0.9999, what="memory ρ", help="share of the means kept")

    def of(self, parameters: Iterable[Parameter]) -> torch.optim.Optimizer:
        return torch.optim.Adadelta(parameters, rho=self.rho)


@dataclass(frozen=True, kw_only=True)
class AdagradDA(Optimiser):
    r"""Duchi et al. 2011, section 1.1: dual averaging; weights come from all gradients so far, not from the last ones.

    $\theta_t = \mathrm{shrink}(\theta_0 - G_t / D_t, \; \lambda_1 N_t / D_t)$ with $G_t = \sum \eta_s g_s, \;
    N_t = \sum \eta_s, \; D_t = \lambda_2 N_t + \sqrt{\sum g_s^2}$; shrink takes $\lambda_1$'s share off and stops at 0,
    so that weights which are not needed become exactly 0.  Centred at the first weights (TensorFlow's forgets them),
    and the rate stands inside the sum, so that a falling rate does not lead back to them.
    """

    l1: float = setting(0.0, low=0, high=1, what="sparseness λ₁", help="weights that are not needed become 0")
    l2: float = setting(0.0, low=0, high=1, what="restraint λ₂", help="weights stay near the first ones")

    def of(self, parameters: Iterable[Parameter]) -> torch.optim.Optimizer:
        return DualAveraging(parameters, l1=self.l1, l2=self.l2)


@dataclass(frozen=True, kw_only=True)
class RMSpropDA(AdagradDA):
    r"""AdagradDA that forgets; no paper defines it, this is our reading.

    The sum of squares becomes $t$ times their moving mean $v_t = \rho v_{t-1} + (1 - \rho) g_t^2$ (divided by $1 -
    \rho^t$, which undoes its start at 0): it grows like the sum, as dual averaging needs, and old gradients fade.
    """

    smoothing: float = setting(0.99, low=0, high=0.9999, what="memory of squares ρ", help="share of their mean kept")

    def of(self, parameters: Iterable[Parameter]) -> torch.optim.Optimizer:
        return DualAveraging(parameters, l1=self.l1, l2=self.l2, smoothing=self.smoothing)


OPTIMISERS: dict[str, type[Optimiser]] = {
    "adam": Adam,
    "adamw": AdamW,
    "sgd": Momentum,
    "adagrad": Adagrad,
    "rmsprop": RMSprop,
    "plain_sgd": PlainSGD,
    "adadelta": Adadelta,
    "adagrad_da": AdagradDA,
    "rmsprop_da": RMSpropDA,
}
