"""A training run in a folder: resumable at any moment, judged as it goes, ending in a checkpoint.

The folder holds recipe.json (every setting), log.jsonl (what happened), resume.pt (where it stands),
and, once judged, a checkpoint: the model with the best validation score, once more in fp32 below it
(`fp32/`) where the recipe stores it narrower, to measure what that costs.
"""

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from pickle import UnpicklingError
from typing import Any

import torch

from s2s_demo.alignment import MutualAligner, PlaceGuide, WordGuide
from s2s_demo.checkpoint import STORAGES, load, pick_device, save_checkpoint
from s2s_demo.decoding import Greedy
from s2s_demo.errors import CheckpointError, SettingError
from s2s_demo.evaluation import TestSet, evaluate
from s2s_demo.files import write_atomically
from s2s_demo.model import ModelConfig, Seq2Seq
from s2s_demo.reading import source_encoder
from s2s_demo.settings import check_settings, from_dict, setting
from s2s_demo.tasks import MadeTask, Task, make_task
from s2s_demo.tasks.files import ParallelFiles
from s2s_demo.tasks.own_file import PairsFile
from s2s_demo.text import Batch, Tokenizer
from s2s_demo.text.tokenizer import TOKENIZER_KINDS
from s2s_demo.training import Progress, Training, TrainingConfig
from s2s_demo.training.guide import Guide
from s2s_demo.training.memory import check_memory
from s2s_demo.training.scores import prefix_scores
from s2s_demo.training.team import Team
from s2s_demo.translator import Translator


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """All that decides what a run learns; `options` are handed to the task (`captions=2`, say).

    `tokenizer` and `vocabulary_size` override the task's own choice.  `start_from` names a checkpoint
    whose weights, architecture and tokenizer the run begins with (fine-tuning); what is judged and kept
    then lies at `interpolation` between those weights (0) and the learnt ones (1), so that what the start
    knew better is not all forgotten (Wortsman et al. 2022, WiSE-FT).  Every `validate_every`
    updates the model is judged; after `patience` judgements without a better score it stops.  The score is
    BLEU, and for a made task the share of exact answers.
    """

    task: str
    options: dict[str, Any] = field(default_factory=dict)
    start_from: str | None = setting(None, what="start_from", help="a checkpoint whose weights the run begins with")
    interpolation: float = setting(
        1.0, low=0, high=1, what="interpolation", help="how far to go from those weights to the learnt ones"
    )
    tokenizer: str | None = setting(
        None, choices=TOKENIZER_KINDS, what="tokenizer", help="how words are cut (else as suits the task)"
    )
    vocabulary_size: int | None = setting(
        None, low=1, high=200_000, what="vocabulary size in pieces", help="at most (else as suits the task)"
    )
    model: ModelConfig = field(default_factory=lambda: ModelConfig(vocabulary_size=8000))
    training: TrainingConfig = field(default_factory=TrainingConfig)
    validate_every: int = setting(500, low=1, high=10**9, what="validate_every", help="updates between judgements")
    validate_sentences: int = setting(
        300, low=1, high=10**9, what="validate_sentences", help="sentences that a judgement is made on"
    )
    patience: int = setting(
        1000, low=1, high=10**9, what="patience", help="judgements without a better score before it stops"
    )
    save_every: int = setting(200, low=1, high=10**9, what="save_every", help="updates between saved states")
    storage: str = setting("fp16", choices=STORAGES, what="storage", help="how the checkpoint keeps its weights")

    def __post_init__(self) -> None:
        check_settings(self)
        if self.interpolation < 1 and not self.start_from:
            raise SettingError(
                f"interpolation is {self.interpolation:g}, but there is no start_from to interpolate with"
            )

    def make_task(self) -> Task:
        """The task with its options."""
        if self.task == "files":
            return from_dict(ParallelFiles, self.options)
        if self.task == "pairs":
            return from_dict(PairsFile, self.options).task()
        return make_task(self.task, self.options)


def read_recipe(path: Path) -> Recipe:
    """A recipe from its JSON file."""
    try:
        return from_dict(Recipe, json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, RecursionError, SettingError) as error:
        raise SettingError(f"{path} is not a recipe: {error}") from error


@dataclass(frozen=True)
class Validation:
    """How the model stands: loss (nats per token) and accuracy under both prefixes; BLEU and exact match (greedy)."""

    update: int
    gold_loss: float
    own_loss: float
    gold_accuracy: float
    own_accuracy: float
    bleu: float
    exact_match: float


class Experiment:
    """One recipe in one folder."""

    def __init__(
        self,
        recipe: Recipe,
        folder: Path,
        *,
        device: str = "auto",
        name: str = "",
        resume: bool = False,
        team: Team | None = None,
    ):
        if not resume and (folder / "recipe.json").exists():
            raise CheckpointError(
                f"{folder} already holds a run; add --resume to continue it, or choose another folder"
            )
        if resume and not (folder / "resume.pt").exists():
            raise CheckpointError(f"{folder} holds no run to resume; leave --resume out to start one")
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.name, self.task = folder, name or folder.name, recipe.make_task()
        self.recipe = recipe
        start = load(recipe.start_from, "cpu") if recipe.start_from else None
        tokenizer = start.tokenizer if start else self._tokenizer()
        config = replace(recipe.model, vocabulary_size=len(tokenizer), signal=self.task.signal)
        check_memory(config, recipe.training, pick_device(device))
        model = Seq2Seq(config, recipe.training.seed)
        if start:
            _copy_weights(start, model)
        self._start = start
        model = model.to(pick_device(device))
        self.training = Training(model, tokenizer, self.task, recipe.training, self._guide(tokenizer), team)
        self.best: Validation | None = None
        self.judgements_since_best = 0
        if resume:
            self._resume()
        else:
            write_atomically(folder / "recipe.json", json.dumps(asdict(recipe), indent=2).encode() + b"\n")
            self._save()

    def run(self) -> Iterator[Progress | Validation]:
        """Train, judge and save until the budget is spent or nothing improves any more."""
        for progress in self.training.updates():
            self._log(progress)
            yield progress
            last = progress.done >= 1
            if last or progress.update % self.recipe.validate_every == 0:
                yield self._judge()
                if self.judgements_since_best >= self.recipe.patience:
                    self._save()
                    return
            if last or progress.update % self.recipe.save_every == 0:
                self._save()

    def translator(self) -> Translator:
        """The model as it stands now, between the weights it began with and the learnt ones."""
        model = Seq2Seq(self.training.model.config).to(self.training.device)
        weights = self.training.model.state_dict()
        if self._start and self.recipe.interpolation < 1:
            first, share = self._start.model.state_dict(), self.recipe.interpolation
            weights = {name: first[name].to(value).lerp(value, share) for name, value in weights.items()}
        model.load_state_dict(weights)
        task = self.task
        card = {"task": self.recipe.task, "options": self.recipe.options} if isinstance(task, MadeTask) else {}
        return Translator(model, self.training.tokenizer, self.name, task.source_language, task.target_language, card)

    def _tokenizer(self) -> Tokenizer:
        path = self.folder / "tokenizer.model"
        if not path.exists():
            kind, size = self.task.tokenizer
            pairs = self.task.train(0, self.recipe.training.seed)
            texts = [text for pair in pairs for text in pair.texts(self.task.signal)]
            kind = kind if self.recipe.tokenizer is None else self.recipe.tokenizer
            size = size if self.recipe.vocabulary_size is None else self.recipe.vocabulary_size
            learnt = Tokenizer.train(texts, kind, size)
            write_atomically(path, learnt.model)
        return Tokenizer(path.read_bytes())

    def _guide(self, tokenizer: Tokenizer) -> Guide | None:
        if not self.recipe.training.guided_alignment:
            return None
        if self.task.signal:
            return PlaceGuide(tokenizer, self.task.tokenizer[0] == "char")
        pairs = dict.fromkeys(self.task.train(0, self.recipe.training.seed))
        return WordGuide(MutualAligner.train(pairs), tokenizer)

    def _judge(self) -> Validation:
        held_out = TestSet.of("validation", self.task.val(), self.recipe.validate_sentences)
        encode, pairs = self.training.tokenizer.encode, zip(held_out.sources, held_out.references, strict=True)
        read = source_encoder(self.training.tokenizer, self.task.signal)
        encoded = [(read(source), encode(references[0])) for source, references in pairs]
        chunks = [encoded[i : i + 50] for i in range(0, len(encoded), 50)]
        batches = [Batch.of(chunk).to(self.training.device) for chunk in chunks]
        translator = self.translator()
        gold, own = (prefix_scores(translator.model, batches, forcing) for forcing in (1.0, 0.0))
        found = evaluate(translator, held_out, Greedy(), metrics=("bleu",))
        now = Validation(
            self.training.update, gold.loss, own.loss, gold.accuracy, own.accuracy, found.bleu.score, found.exact_match
        )
        self._log(now)
        self.judgements_since_best += 1
        if self.best is None or self._score(now) > self._score(self.best):
            self.best, self.judgements_since_best = now, 0
            save_checkpoint(translator, self.folder, self.recipe.storage)
            if self.recipe.storage != "fp32":
                save_checkpoint(translator, self.folder / "fp32")
        return now

    def _score(self, judged: Validation) -> tuple[float, float]:
        return (judged.exact_match if isinstance(self.task, MadeTask) else judged.bleu), -judged.gold_loss

    def _save(self) -> None:
        content = io.BytesIO()
        best = None if self.best is None else asdict(self.best)
        torch.save({**self.training.snapshot(), "best": best, "since": self.judgements_since_best}, content)
        write_atomically(self.folder / "resume.pt", content.getvalue())

    def _resume(self) -> None:
        try:
            saved = torch.load(self.folder / "resume.pt", map_location=self.training.device, weights_only=True)
            self.training.restore(saved)
            self.best = None if saved["best"] is None else Validation(**saved["best"])
            self.judgements_since_best = saved["since"]
        except UnpicklingError as error:  # torch explains at length how to load it unsafely
            raise CheckpointError(f"{self.folder / 'resume.pt'} is damaged; begin again in another folder") from error
        except (OSError, RuntimeError, ValueError, KeyError, TypeError, EOFError) as error:
            raise CheckpointError(f"{self.folder / 'resume.pt'} does not fit this recipe: {error}") from error
        try:
            kept = [line for line in self._log_lines() if json.loads(line)["update"] <= self.training.update]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise CheckpointError(f"{self.folder / 'log.jsonl'} is damaged ({error}); mend or remove it") from error
        write_atomically(self.folder / "log.jsonl", "".join(kept).encode())

    def _log_lines(self) -> list[str]:
        path = self.folder / "log.jsonl"
        lines = path.read_text().splitlines(keepends=True) if path.exists() else []
        return [line for line in lines if line.endswith("}\n")]  # a crash may cut the last one

    def _log(self, record: Progress | Validation) -> None:
        with open(self.folder / "log.jsonl", "a") as stream:
            stream.write(json.dumps(asdict(record)) + "\n")


def _copy_weights(start: Translator, model: Seq2Seq) -> None:
    try:
        model.load_state_dict(start.model.state_dict())
    except RuntimeError as error:
        raise CheckpointError(f"{start.name} has another architecture than this recipe: {error}") from error


def train(
    recipe: Recipe,
    folder: Path,
    *,
    device: str = "auto",
    resume: bool = False,
    watch: Callable[[Progress | Validation], None] = lambda _: None,
) -> Experiment:
    """Run a recipe to its end, telling `watch` about each update and judgement."""
    experiment = Experiment(recipe, folder, device=device, resume=resume)
    for event in experiment.run():
        watch(event)
    return experiment
