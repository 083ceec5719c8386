"""Every sentence that tab Train says, in one place, so that it can be read as a whole and translated."""

from s2s_demo.words import say

NO_ATTENTION = say("parts.no-attention")
BUSY = say("page.bug")

TAB_TRAIN = "Train"
TASK = "Task"
OWN_TASK = "Your file: {pairs:,} pairs"
PRESET = "Preset"
PRESET_SUITS = "What suits the task"
START, PAUSE, RESUME, STEP, STOP, REWIND = "Start", "Pause", "Resume", "One step", "Stop", "Rewind"
ARCHITECTURE = "Architecture"
ARCHITECTURE_HELP = "What is built at the next start. A preset fills all of it in."
CELL = "Cell"
LAYERS = "Layers"
HIDDEN_SIZE = "Hidden size"
DIRECTION = "Encoder reads"
DIRECTIONS = {"both": "both ways", "forward": "forward"}
ATTENTION = "Attention"
DECODER = "Decoder order"
INPUT_FEEDING = "Input feeding"
INPUT_FEEDING_HELP = "with the luong decoder"
OPTIMISER = "Optimiser"
BATCH = "Batch, tokens"
UPDATES = "Updates"
TRAIN_SEED = "Seed"
WHILE = "While it runs"
WHILE_HELP = "These act from the next update on, without a reset; each change leaves a labelled line on the curves."
FORCING = "Teacher forcing"
RATIO = "Ratio"
RATIO_HELP = "share of gold words it is fed"
FORCING_SCHEDULE = "Schedule"
FORCING_SCHEDULES = {
    "constant": "constant",
    "linear": "linear to 0",
    "exponential": "exponential to 0",
    "inverse_sigmoid": "inverse sigmoid to 0",
}
OVER = "over, updates"
LEARNING_RATE = "Learning rate"
CLIP = "Clip gradients at"
CLIP_OFF = "off"
ACTS_ON = "They act on"
LANES = {"": "A and B", "A": "A", "B": "B"}
CURVES = "How it learns"
CURVES_HELP = (
    "Same validation sentences throughout. Shaded: the exposure bias, the loss that the model's own prefix adds."
)
CURVES_SAID = "Curves of {updates:,} updates. {numbers}"
CURVES_EMPTY = "Here the loss will fall and the share of right answers rise."
CURVES_SOON = "The first update is on its way."
MOVIE = "Where it looks"
MOVIE_HELP = "The same sentence again and again while the model learns. Drag the slider to go back in time."
MOVIE_EMPTY = "Here you will see at what it looks for each word it writes."
PROBES = "Sentences to watch, one a line, three at most"
WATCH = "Watch these"
PREFIXES = "One sentence, two prefixes"
PREFIXES_HELP = (
    "What it writes when each word follows the gold words, and when it follows its own. One slip, and its own words "
    "lead it astray."
)
PREFIXES_EMPTY = "Here one sentence will stand three times: as it should be, and as written after either prefix."
SAMPLES = "What it makes of sentences it has never seen"
SAMPLE_COLUMNS = ("source", "should be", "is", "")
SAMPLES_EMPTY = "Here eight sentences will stand, each beside what the model makes of it at that moment."
RIGHT, WRONG = "✓", "✗"
TWIN = "Twin runs"
TWIN_HELP = (
    "Fork the run into A and B: the same weights, optimiser, data order and dice, and one difference. "
    "They go on side by side."
)
TWIN_WHAT = "In B, change"
TWINS = {"forcing": "Teacher forcing", "attention": "Attention", "rate": "Learning rate"}
TWIN_NO_ATTENTION = "B goes on without attention."
FORK = "Fork"
END_TWIN = "End B"
USE = "Use it in Translate"
SAVE_MODEL = "Download"
LOAD_MODEL = "Upload a model (zip)"
OWN_FILE = "Your own pairs (TSV, CSV)"
OWN_FILE_READ = "{pairs:,} pairs were read from your file; they are the task now."
OWN_FILE_LEFT_OUT = "{pairs:,} pairs were read from your file; rows left out: {problems:,}, see below."
FIRST_PAIRS = "The first pairs of your file"
PAIR_COLUMNS = ("source", "target")
SOURCE_COLUMN = "Source column"
TARGET_COLUMN = "Target column"
COLUMN = "{number}: {says}"
MORE_PROBLEMS = "The first {shown} of {all:,} rows left out."
PROBLEMS = "Rows left out"
PROBLEM_COLUMNS = ("row", "what is wrong", "content")
NO_CORPUS = "{error}. Or press “{own}” and bring your own."
NO_RUN = "Nothing has been trained yet; press Start first."
EPOCH = "epoch {epoch}"
NOT_STARTED = "ready"
STATES = {
    "queued": "waiting",
    "running": "training",
    "paused": "paused",
    "stopping": "stopping",
    "finished": "finished",
    "stopped": "stopped",
    "failed": "failed",
}
IDLE = "Press Start, and watch it learn from nothing."
