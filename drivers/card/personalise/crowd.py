"""Synthetic people by the hundred, from a seed; never anybody real.

Names are drawn from common surnames and given names with one of their usual
Cantonese spellings; numbers and dates at random.
"""

from datetime import date, timedelta
from typing import Final

import numpy as np

from drivers.card.commercial_codes import characters_by_code
from drivers.card.personalise.person import Person

_SURNAMES: Final = (
    "陳CHAN 黃WONG 李LEE 張CHEUNG 林LAM 梁LEUNG 吳NG 劉LAU 鄭CHENG 葉YIP 何HO 郭KWOK 周CHOW "
    "曾TSANG 楊YEUNG 馮FUNG 鄧TANG 許HUI 蔡CHOI 蘇SO 謝TSE 羅LAW 潘POON 盧LO 朱CHU 彭PANG "
    "余YU 關KWAN 馬MA 溫WAN 莫MOK 麥MAK 江KONG 黎LAI 鍾CHUNG 胡WU 譚TAM 方FONG 徐TSUI 簡KAN "
    "姚YIU 石SHEK 倫LUN 區AU 施SZE 袁YUEN 沈SHUM 翁YUNG 唐TONG 高KO"
)
_GIVEN: Final = (
    "小Siu 梅Mui 大Tai 文Man 志Chi 明Ming 建Kin 強Keung 偉Wai 家Ka 豪Ho 詠Wing 詩Sze 美Mei "
    "玲Ling 珍Chun 麗Lai 慧Wai 敏Man 芳Fong 英Ying 華Wah 國Kwok 榮Wing 輝Fai 俊Chun 傑Kit 浩Ho "
    "然Yin 子Tsz 軒Hin 樂Lok 晴Ching 穎Wing 欣Yan 思Sze 雅Nga 琪Ki 嘉Ka 惠Wai 珊Shan 妮Nei "
    "潔Kit 雯Man 靜Ching 儀Yee 秀Sau 蘭Lan 月Yuet 桂Kwai 鳳Fung 金Kam 銀Ngan 福Fuk 壽Sau 康Hong "
    "寧Ning 安On 平Ping 永Wing 昌Cheong 盛Shing 興Hing 旺Wong 發Fat 財Choi 德Tak 仁Yan 義Yee "
    "禮Lai 智Chi 信Shun 忠Chung 孝Hau 錦Kam 洪Hung 海Hoi 山Shan 水Shui 木Muk 森Sum 松Chung "
    "柏Pak 龍Lung 鵬Pang 飛Fei 燕Yin 雲Wan 雪Suet 冰Bing 玉Yuk 珠Chu 寶Po 琴Kam 碧Pik 翠Tsui"
)
_WESTERN: Final = (
    ("OKAFOR", "Ada"),
    ("SINGH", "Gurpreet Kaur"),
    ("MC DONALD", "Iain"),
    ("DE SOUZA", "Maria Lourdes"),
    ("RAI", "Dil Bahadur"),
    ("SANTOS", "Jocelyn"),
    ("O'BRIEN", "Liam"),
    ("GARCIA-LOPEZ", "Elena"),
)
_FIRST_NAMES: Final = ("Peter", "Mary", "Joyce", "Kelvin", "Winnie", "Jacky", "Fiona", "Tommy")
_WITHOUT_CHINESE: Final = 0.1
_WITH_FIRST_NAME: Final = 0.15


def check_character(letters: str, digits: str) -> str:
    """Return the check character of a number (docs/hkid.md, "Number and check character")."""
    padded = letters.rjust(2) + digits
    values = [36 if c == " " else int(c, 36) for c in padded]
    rest = -sum(value * (9 - n) for n, value in enumerate(values)) % 11
    return "A" if rest == 10 else str(rest)


def person(random: np.random.Generator) -> Person:
    """Return somebody new, adult, with a card of the 2018 form."""
    surname, given, chinese = _named(random)
    letters = str(random.choice(list("ABCDEGHKMPRSVYZ")))
    if random.random() < 0.05:
        letters = str(random.choice(["WX", "XA", "XB", "XE", "XG"]))
    digits = f"{random.integers(1_000_000):06d}"
    born = date(1930, 1, 1) + timedelta(days=int(random.integers(27_000)))
    issued = date(2018, 11, 26) + timedelta(days=int(random.integers(2_800)))
    first = max(born, date(1960, 1, 1)) + timedelta(days=int(random.integers(3_000)))
    codes = _codes()
    return Person(
        number=letters + digits + check_character(letters, digits),
        surname=surname,
        given=given,
        chinese=chinese,
        birth=f"{born:%Y%m%d}",
        sex=str(random.choice(["F", "M"])),
        issued=f"{issued:%Y%m%d}",
        commercial_codes=tuple(codes[character] for character in chinese),
        first_registered=f"{min(first, issued):%Y%m}",
        symbols="***" + str(random.choice(["AZ", "AX", "AO", "CX", "RZ", "AZN", "UX", "AW"])),
    )


def _named(random: np.random.Generator) -> tuple[str, str, str]:
    if random.random() < _WITHOUT_CHINESE:
        surname, given = _WESTERN[int(random.integers(len(_WESTERN)))]
        return surname, given, ""
    family = str(random.choice(_SURNAMES.split()))
    own = random.choice(_GIVEN.split(), size=int(random.choice([1, 2, 2, 2])), replace=False)
    spelled = [str(word)[1:] for word in own]
    if random.random() < _WITH_FIRST_NAME:
        spelled.append(str(random.choice(_FIRST_NAMES)))
    return family[1:], " ".join(spelled), family[0] + "".join(str(word)[0] for word in own)


def _codes() -> dict[str, str]:
    """Return a code for each character; the table is the other way round."""
    table = characters_by_code()
    return {character: code for code, characters in table.items() for character in characters}
