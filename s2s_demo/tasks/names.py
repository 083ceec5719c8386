"""Names of people and places: those that the languages write alike, and what Chinese makes of them."""

import random

# Names that are written alike in English, French and German; the corpora know hardly any but Tom and Mary.
NAMES = tuple(
    """Adam Adele Agnes Ahmed Aisha Albert Alex Alice Amina Amir Anders Andrea Anita Anna Anton Arthur Astrid Aya
    Barbara Beatrice Ben Bernard Boris Bruno Camille Carla Carlos Carmen Caroline Cecilia Chen Claire Clara Claude
    Daniel David Deepak Diana Diego Dimitri Dora Edgar Eleanor Elena Elias Elif Ella Emil Emma Eric Erik Eva Fatima
    Felix Fiona Florence Francis Frank Gabriel Georg Giulia Gloria Grace Greta Gustav Hannah Hans Harold Hassan Helen
    Henry Hugo Ibrahim Ida Igor Ines Ingrid Irene Isaac Isabel Ivan Jack James Jana Jasmin Jean Jenny Joao Johan
    Jonas Joseph Julia Julian Kamal Karen Karl Katya Kenji Kevin Kim Klaus Lara Laura Lea Leila Leo Leon Lena Li Lina
    Linda Lisa Louis Louise Lucas Lucia Luis Lukas Luna Magnus Maja Manuel Marco Margaret Maria Marie Marina Mario
    Mark Markus Marta Martin Max Maya Mehmet Mei Mia Michael Miguel Mila Milan Mohammed Monica Nadia Natalie Nathan
    Nicolas Nina Noah Nora Norbert Olaf Oleg Olga Oliver Omar Oscar Otto Pablo Patricia Patrick Paul Paula Pedro Peter
    Philip Pierre Priya Quentin Rachel Ravi Raymond Rebecca Robert Rosa Rosalind Ruth Samira Samuel Sandra Sara Sarah
    Sebastian Simon Sofia Sonia Stefan Stella Susan Sven Sylvia Takeshi Tanya Teresa Theo Thomas Tina Ursula Valentina
    Vera Victor Viktor Vincent Walter Wei William Xavier Yara Yasmin Yuki Yusuf Zara Zoe
    Adams Allen Anderson Baker Bauer Becker Bell Bernstein Blanc Bonnet Braun Brown Campbell Carter Chang Chevalier
    Clark Cohen Collins Cook Cooper Curie Darwin Davis Dubois Dumas Dupont Durand Einstein Evans Fischer Fontaine
    Foster Friedrich Garcia Gauthier Girard Green Gupta Hall Harris Hartmann Hill Hoffmann Huber Hughes Jackson
    Johnson Jones Kaufmann Keller Kelly Kennedy Khan King Klein Koch Kowalski Köhler Krüger Kuhn Lambert Lang
    Laurent Lee Lefebvre Lefèvre Lehmann Leroy Lewis Lopez Martinez Mercier Meyer Miller Mitchell Moore Moreau
    Murphy Murray Müller Nakamura Nelson Neumann Newton Nguyen Novak Obama Okafor Parker Patel Perrin Peters Petrov
    Phillips Reed Renard Richter Roberts Robinson Rossi Rousseau Roux Sanchez Schäfer Schmidt Schneider Scholz
    Schröder Schulz Schwarz Scott Silva Singh Smith Stewart Suzuki Tanaka Taylor Thompson Turing Turner Vidal Vogel
    Vogt Wagner Walker Watanabe Watson Weber White Williams Wilson Winkler Wolf Wood Wright Yamamoto Young Zhang
    Zimmermann""".split()
)
_ONSETS = "b br c ch cl d dr f fl g gr h j k kl kr l m n p pl qu r s sch sk st t tr v w z".split()
_VOWELS = "a e i o u a e i o ai au ei io ou y".split()
_CODAS = ["", "", "", "l", "n", "r", "s", "ck", "m", "th", "x", "rd", "nd"]

# Written alike in English, French and German; after a consonant French needs no d' before them.
PLACES = {
    "Bangkok": "曼谷", "Berlin": "柏林", "Boston": "波士顿", "Budapest": "布达佩斯", "Chicago": "芝加哥",
    "Dublin": "都柏林", "Lima": "利马", "Liverpool": "利物浦", "Madrid": "马德里", "Manchester": "曼彻斯特",
    "Melbourne": "墨尔本", "Nairobi": "内罗毕", "Paris": "巴黎", "Stockholm": "斯德哥尔摩", "Sydney": "悉尼",
    "Toronto": "多伦多", "Vancouver": "温哥华",
}  # fmt: skip
# Names that have one usual form in Chinese; all others keep their letters there.
FIRST_NAMES = {
    "Adam": "亚当", "Albert": "阿尔伯特", "Alex": "亚历克斯", "Alice": "爱丽丝", "Anna": "安娜", "Ben": "本",
    "Carla": "卡拉", "Daniel": "丹尼尔", "David": "大卫", "Diana": "戴安娜", "Emma": "艾玛", "Eric": "埃里克",
    "Eva": "伊娃", "Frank": "弗兰克", "Helen": "海伦", "Henry": "亨利", "Jack": "杰克", "James": "詹姆斯",
    "Julia": "朱莉娅", "Kevin": "凯文", "Laura": "劳拉", "Leo": "利奥", "Linda": "琳达", "Lisa": "丽莎",
    "Maria": "玛丽亚", "Mark": "马克", "Max": "马克斯", "Michael": "迈克尔", "Nina": "尼娜", "Oliver": "奥利弗",
    "Patrick": "帕特里克", "Paul": "保罗", "Peter": "彼得", "Robert": "罗伯特", "Sarah": "莎拉", "Simon": "西蒙",
    "Thomas": "托马斯", "Victor": "维克多", "William": "威廉",
}  # fmt: skip
SURNAMES = {
    "Chen": "陈", "Huang": "黄", "Li": "李", "Liu": "刘", "Wang": "王", "Wu": "吴", "Yang": "杨", "Zhang": "张",
    "Zhao": "赵", "Johnson": "约翰逊", "Miller": "米勒", "Smith": "史密斯", "Wilson": "威尔逊",
}  # fmt: skip
_GIVEN = {
    "Fang": "芳", "Hao": "浩", "Hong": "红", "Hua": "华", "Jing": "静", "Jun": "军", "Lei": "磊", "Mei": "梅",
    "Min": "敏", "Ming": "明", "Na": "娜", "Ping": "平", "Qiang": "强", "Wei": "伟",
}  # fmt: skip
_FAMILIES = ("Chen", "Huang", "Li", "Liu", "Wang", "Wu", "Yang", "Zhang", "Zhao")

# All that has a form of its own in Chinese; other languages may spell these towns their own way.
NAMES_IN_CHINESE = FIRST_NAMES | {
    f"{family} {given}": SURNAMES[family] + form for family in _FAMILIES for given, form in _GIVEN.items()
}
PLACES_IN_CHINESE = PLACES | {
    "Beijing": "北京", "Chengdu": "成都", "Guangzhou": "广州", "Hangzhou": "杭州", "Hong Kong": "香港",
    "London": "伦敦", "Moscow": "莫斯科", "Nanjing": "南京", "New York": "纽约", "Osaka": "大阪", "Rome": "罗马",
    "Shanghai": "上海", "Shenzhen": "深圳", "Taipei": "台北", "Tianjin": "天津", "Tokyo": "东京", "Wuhan": "武汉",
    "Xi'an": "西安",
}  # fmt: skip


def made_up_name(chance: random.Random) -> str:
    """A name nobody has heard of: the only way to write it is to copy it."""
    syllables = (
        chance.choice(_ONSETS) + chance.choice(_VOWELS) + chance.choice(_CODAS) for _ in range(chance.randint(2, 3))
    )
    return "".join(syllables).capitalize()
