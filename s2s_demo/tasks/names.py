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
    "Adam": "亚当", "Adele": "阿黛尔", "Agnes": "阿格尼丝", "Ahmed": "艾哈迈德", "Aisha": "艾莎",
    "Albert": "阿尔伯特", "Alex": "亚历克斯", "Alice": "爱丽丝", "Amina": "阿米娜", "Andrea": "安德烈娅",
    "Anita": "阿妮塔", "Anna": "安娜", "Anton": "安东", "Arthur": "亚瑟", "Barbara": "芭芭拉", "Ben": "本",
    "Bernard": "伯纳德", "Bruno": "布鲁诺", "Camille": "卡米耶", "Carla": "卡拉", "Carlos": "卡洛斯",
    "Carmen": "卡门", "Caroline": "卡罗琳", "Cecilia": "塞西莉亚", "Claire": "克莱尔", "Clara": "克拉拉",
    "Claude": "克劳德", "Daniel": "丹尼尔", "David": "大卫", "Diana": "戴安娜", "Diego": "迭戈",
    "Edgar": "埃德加", "Eleanor": "埃莉诺", "Elena": "埃琳娜", "Elias": "埃利亚斯", "Ella": "埃拉",
    "Emil": "埃米尔", "Emma": "艾玛", "Eric": "埃里克", "Eva": "伊娃", "Fatima": "法蒂玛", "Felix": "费利克斯",
    "Fiona": "菲奥娜", "Francis": "弗朗西斯", "Frank": "弗兰克", "Gabriel": "加布里埃尔", "Georg": "格奥尔格",
    "Gloria": "格洛丽亚", "Grace": "格蕾丝", "Hannah": "汉娜", "Hans": "汉斯", "Harold": "哈罗德",
    "Hassan": "哈桑", "Helen": "海伦", "Henry": "亨利", "Hugo": "雨果", "Igor": "伊戈尔", "Ingrid": "英格丽德",
    "Irene": "艾琳", "Isaac": "艾萨克", "Isabel": "伊莎贝尔", "Ivan": "伊万", "Jack": "杰克", "James": "詹姆斯",
    "Jenny": "珍妮", "Jonas": "约纳斯", "Joseph": "约瑟夫", "Julia": "朱莉娅", "Julian": "朱利安",
    "Karen": "卡伦", "Karl": "卡尔", "Kevin": "凯文", "Klaus": "克劳斯", "Laura": "劳拉", "Lena": "莱娜",
    "Leo": "利奥", "Leon": "莱昂", "Lina": "莉娜", "Linda": "琳达", "Lisa": "丽莎", "Louis": "路易",
    "Louise": "路易丝", "Lucas": "卢卡斯", "Lucia": "露西娅", "Luis": "路易斯", "Luna": "露娜", "Marco": "马可",
    "Margaret": "玛格丽特", "Maria": "玛丽亚", "Marina": "玛丽娜", "Mario": "马里奥", "Mark": "马克",
    "Markus": "马库斯", "Marta": "玛尔塔", "Martin": "马丁", "Max": "马克斯", "Maya": "玛雅", "Mia": "米娅",
    "Michael": "迈克尔", "Miguel": "米格尔", "Mila": "米拉", "Mohammed": "穆罕默德", "Monica": "莫妮卡",
    "Nadia": "纳迪娅", "Natalie": "娜塔莉", "Nathan": "内森", "Nicolas": "尼古拉斯", "Nina": "尼娜",
    "Noah": "诺亚", "Nora": "诺拉", "Olga": "奥尔加", "Oliver": "奥利弗", "Omar": "奥马尔", "Oscar": "奥斯卡",
    "Otto": "奥托", "Pablo": "巴勃罗", "Patricia": "帕特里夏", "Patrick": "帕特里克", "Paul": "保罗",
    "Paula": "葆拉", "Pedro": "佩德罗", "Peter": "彼得", "Philip": "菲利普", "Pierre": "皮埃尔",
    "Rachel": "雷切尔", "Raymond": "雷蒙德", "Rebecca": "丽贝卡", "Robert": "罗伯特", "Rosa": "罗莎",
    "Ruth": "露丝", "Samuel": "塞缪尔", "Sandra": "桑德拉", "Sara": "萨拉", "Sarah": "莎拉",
    "Sebastian": "塞巴斯蒂安", "Simon": "西蒙", "Sofia": "索菲亚", "Sonia": "索尼娅", "Stefan": "斯特凡",
    "Stella": "斯特拉", "Susan": "苏珊", "Sven": "斯文", "Sylvia": "西尔维娅", "Teresa": "特蕾莎",
    "Theo": "西奥", "Thomas": "托马斯", "Tina": "蒂娜", "Valentina": "瓦伦蒂娜", "Vera": "薇拉",
    "Victor": "维克多", "Vincent": "文森特", "Walter": "沃尔特", "William": "威廉", "Zoe": "佐伊",
}  # fmt: skip
SURNAMES = {
    "Chen": "陈", "Huang": "黄", "Li": "李", "Liu": "刘", "Wang": "王", "Wu": "吴", "Yang": "杨", "Zhang": "张",
    "Zhao": "赵", "Adams": "亚当斯", "Allen": "艾伦", "Anderson": "安德森", "Baker": "贝克", "Bauer": "鲍尔",
    "Becker": "贝克尔", "Bell": "贝尔", "Brown": "布朗", "Carter": "卡特", "Clark": "克拉克",
    "Collins": "柯林斯", "Cook": "库克", "Cooper": "库珀", "Davis": "戴维斯", "Dubois": "杜波依斯",
    "Dupont": "杜邦", "Einstein": "爱因斯坦", "Evans": "埃文斯", "Fischer": "费舍尔", "Garcia": "加西亚",
    "Green": "格林", "Gupta": "古普塔", "Hall": "霍尔", "Harris": "哈里斯", "Hill": "希尔",
    "Hoffmann": "霍夫曼", "Jackson": "杰克逊", "Johnson": "约翰逊", "Jones": "琼斯", "Kelly": "凯利",
    "Kennedy": "肯尼迪", "Klein": "克莱因", "Lewis": "刘易斯", "Lopez": "洛佩斯", "Martinez": "马丁内斯",
    "Meyer": "迈尔", "Miller": "米勒", "Mitchell": "米切尔", "Moore": "摩尔", "Müller": "穆勒",
    "Nakamura": "中村", "Nelson": "纳尔逊", "Newton": "牛顿", "Parker": "帕克", "Patel": "帕特尔",
    "Peters": "彼得斯", "Phillips": "菲利普斯", "Roberts": "罗伯茨", "Robinson": "罗宾逊", "Rossi": "罗西",
    "Sanchez": "桑切斯", "Schmidt": "施密特", "Schneider": "施耐德", "Scott": "斯科特", "Silva": "席尔瓦",
    "Singh": "辛格", "Smith": "史密斯", "Stewart": "斯图尔特", "Suzuki": "铃木", "Tanaka": "田中",
    "Taylor": "泰勒", "Thompson": "汤普森", "Turner": "特纳", "Wagner": "瓦格纳", "Walker": "沃克",
    "Watson": "沃森", "Weber": "韦伯", "White": "怀特", "Williams": "威廉姆斯", "Wilson": "威尔逊",
    "Wright": "赖特", "Yamamoto": "山本",
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
