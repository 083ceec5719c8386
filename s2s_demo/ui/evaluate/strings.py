"""What tab Evaluate says."""

TITLE = "Evaluate"
MODEL = "Model"
TEST_SET = "Test set"
OURS, EXAMPLES, FILES = "Everyday sentences", "Unseen examples", "Your own files"
OURS_HELP = (
    "{sentences} sentences of our own writing, {pair}, with one to three reference translations each: greetings, "
    "questions, names, numbers, two sentences at once, a few without capitals or with a typing mistake."
)
EXAMPLES_HELP = "{sentences} examples of the task {task!r} that are kept out of its training."
NO_SET = "We have no test sentences for {what}; please bring your own files."
THIS_MODEL = "this model"
FILES_HELP = "Plain text in UTF-8, one sentence a line; line n of each reference translates line n of the sentences."
LIMITS_HELP = "At most {lines:,} lines of {characters} characters and {megabytes:g} MB a file."
SOURCE_FILE = "Sentences"
REFERENCE_FILES = "References, one file or several"
RUN = "Evaluate"
STOP = "Stop"
BEAMS = "Measure beams of 1 to 10"
BEAMS_HELP = "Six more runs over the test set. A beam of 1 is greedy."

WAITING = "Waiting for a free place; one evaluation runs at a time."
DOING = "{what}: {done:,} of {of:,} sentences"
SCORING = "{what}: scoring"
DONE = "{model}, {test_set}: {sentences:,} sentences, {seconds:.1f} s, {rate:.1f} sentences a second."
SETS = {"everyday": "everyday sentences", "exact": "unseen examples"}
STOPPED = "Stopped. Nothing was lost that was shown before."
NOTHING_YET = "please evaluate a model first"

FIGURES = "How good it is"
FIGURES_HELP = "The way to decode that you chose, and greedy below it; scores with 95 % intervals."
COLUMNS = ("decoding", "BLEU", "95 % BLEU", "chrF", "TER", "exact", "sentences/s")
EXACT_COLUMNS = ("decoding", "exact, %", "95 % exact", "chrF", "sentences/s")
SACREBLEU = (
    "By sacrebleu, cased and detokenised (TER ignores case); intervals from {resamples:,} resamples. BLEU and chrF: "
    "higher is better. TER: lower is better. Exact: the same as a reference.\n{signatures}"
)
EXACT = (
    "Exact: right to the last character, with the interval of Wilson (1927). chrF: how much of a wrong one is right."
)
BY_LENGTH = "How good, by sentence length"
BY_LENGTH_HELP = "Short sentences are few words; the intervals are wide where sentences are few."
BY_BEAM = "How good, by beam size"
NOT_YET = "Evaluate a model to see this."
NOT_MEASURED = "Not measured yet: it takes six more runs. Press the button above."
AS_TABLE = "The same as a table"

WORST = "Worst sentences first"
WORST_HELP = "By chrF of the single sentence. Select one to see where the model looked."
WORST_COLUMNS = ("#", "chrF", "sentence", "translation", "first reference")
MORE_ROWS = "The {shown} worst of {all:,} sentences; the CSV file has them all."
PICKED = "Sentence {number}, chrF {chrf:.1f}"
PICKED_HELP = "The worst sentence is shown until you select another."
PICKED_COLUMNS = ("", "text")
PICKED_ROWS = ("sentence", "translation", "reference")
EXPORTS = {"json": "JSON", "csv": "Sentences, CSV"}

NO_MODEL = "choose a model"
NO_FILES = "two files are needed: the sentences, and at least one file of references"
TOO_LARGE = "the file {name} has {megabytes:.1f} MB; at most {most:g} MB are read: please take a part of it"
TOO_MANY_LINES = "the file {name} has {lines:,} lines; at most {most:,} are translated: please take a part of it"
EMPTY_FILE = "the file {name} is empty; one sentence a line is needed"
UNEQUAL = (
    "the file {first} has {lines} lines, but {name} has {others}; line n of one must translate line n of the other"
)
EMPTY_LINE = "line {line} of {name} is empty; please remove it from all files"
LONG_LINE = (
    "line {line} of {name} has {characters:,} characters; at most {most} are read: please put one sentence on a line"
)
TOO_MANY_FILES = "{files} files of references were given; at most {most} are read"

NO_LISTS = "sources and references must be two lists: the sentences, and for each a reference or a list of them"
TOO_MANY_SENT = "{sentences:,} sentences were sent; at most {most} are evaluated at once: please send them in parts"
TOO_LONG_SENT = "sentences and references have {characters:,} characters; at most {most:,} are read at once"
UNEQUAL_LISTS = "{sources} sources were sent, but {references} references; each source needs an entry among them"
REFERENCES_SENT = "sentence {number} has {given} references; it needs 1 to {most}"
BAD_TEXT = "sentence {number} and its references must be texts of 1 to {most:,} characters each"
