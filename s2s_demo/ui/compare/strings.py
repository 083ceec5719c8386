"""What tab Compare says."""

TITLE = "Compare"
ASK_HELP = "The same sentence, through several models or several ways to decode."
COMPARE = "Compare"
KIND = "What they read"
MODELS = "Models"
WAYS = "Decoding"
WAYS_LABELS = {"greedy": "Greedy", "beam": "Beam", "sampling": "Sample"}
LANES_HELP = "Every model meets every way to decode: at most {most} lanes."
SEED = "Seed of Sample"

LANE = "{model} · {way}"
WAY_GREEDY = "greedy"
WAY_BEAM = "beam {size}"
WAY_SAMPLING = "sample, seed {seed}"
ABOUT_LANE = "{pair}{millions} M parameters · {kind}"
PAIR = "{source} to {target} · "
NO_ATTENTION = "no attention"
ATTENTION = "{name} attention"
WHERE = "Where it looked"
TREE = "What it considered"

FIRST_LANE = "The other lanes are compared with this one, word by word. All maps share one scale, from 0 to 1."
ALONE = "Choose a second model or another way to decode, to see where they part."
SAME = "Word for word the same as the first lane."
PARTS = "Parts from the first lane at word {word}: “{mine}” for “{first}”."
STOPS = "Ends after word {word}, where the first lane goes on."
GOES_ON = "Goes on after word {word}, where the first lane ends."
OTHER_LANGUAGE = "Writes another language than the first lane; the words are not compared."
LIKES_MORE = " Σ log p is higher by {nats}: this model prefers it, and the first lane's search missed it."
LIKES_LESS = " Σ log p is lower by {nats}: this model prefers the first lane."
FIRST_DIFFERENCE = "first difference"

FIGURES = "What attention and a wider beam are worth"
FIGURES_HELP = (
    "Measured beforehand on held-out sentences and kept in each model's card; nothing is computed now. "
    "Whiskers are 95 % intervals."
)
TEST_SET = "Test set"
INTERVAL = "95 % interval"
BY_LENGTH = "How good, by sentence length"
BY_LENGTH_HELP = (
    "One vector must hold the whole sentence where a model has no attention; it forgets as sentences grow "
    "(Bahdanau et al. 2015, figure 2)."
)
BY_BEAM = "How good, by beam size"
BY_BEAM_HELP = "A beam of 1 is greedy. Much wider beams cost time and stop helping."
NOT_MEASURED = (
    "No model's card holds this figure yet. This command measures it and stores it there: "
    "s2s-demo evaluate --model {model} --figures --bootstrap 1000 --save"
)
AS_TABLE = "The same as a table"

NO_MODEL = "choose at least one model"
NO_WAY = "choose at least one way to decode"
TOO_MANY = "{models} models in {ways} ways are {lanes} lanes; at most {most} fit: please choose fewer"
