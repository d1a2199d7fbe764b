"""The invented library of the browser tests: a story in three outlets, one from right to left, one that is hostile."""

import hashlib
import json
from html import escape
from importlib.resources import files
from pathlib import Path

from sayso import Corpus

PAGE = """<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>
<meta property="og:site_name" content="{outlet}"><meta property="og:title" content="{title}">
<meta property="article:published_time" content="{day}T08:00:00Z"></head>
<body><article><h1>{title}</h1>{paragraphs}</article></body></html>"""

BRIDGE = (
    "The old bridge at Ennerby fell into the Tarn early on Monday, the river authority of Ennerby said.",
    "“Two of the four piers had cracks, and we had asked for money since March,” said Ilse Brandow, who leads it.",
    "Nobody was hurt, since the bridge had been closed for the night, according to the police of Ennerby.",
    "An official who asked not to be named said that the repair would cost 12 million crowns and take nine months.",
)
ASTRAL = (  # letters that are two to a browser and one to Sayso
    "The dam of Karsu 😀😀 will hold, said Jonas Falk, its keeper, on Monday. 𝔗wo engineers 👩‍🔬 disagreed, he added.",
    "“It 𝐰𝐢𝐥𝐥 not last the winter,” 😀 said Ada Berg. According to officials, the gates stay open.",
)
ONE_LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 3
SCRIPT = "<script>alert('stored')</script>"
IMAGE = "<img src=x onerror=alert('stored')>"
ARABIC = (
    "قالت وزارة المياه يوم الاثنين إن الجسر القديم في المدينة انهار في ساعات الصباح الأولى بعد أمطار غزيرة.",
    "وأضافت الوزارة أن أحدا لم يصب بأذى لأن الجسر كان مغلقا أمام حركة المرور منذ مساء الأحد.",
    "وقال مسؤول طلب عدم ذكر اسمه إن أعمال الإصلاح ستستغرق تسعة أشهر على الأقل.",
)


def _page(outlet: str, day: str, title: str, *paragraphs: str, language: str = "en") -> str:
    written = "".join(f"<p>{escape(text)}</p>" for text in paragraphs)
    return PAGE.format(language=language, outlet=escape(outlet), day=day, title=escape(title), paragraphs=written)


PAGES = {
    "relayed": files("sayso").joinpath("examples", "relayed_report.html").read_text("utf-8"),
    "first": _page("Ennerby Echo", "2024-05-06", "Old bridge falls into the Tarn", *BRIDGE),
    "copy": _page(
        "Harbour Ledger", "2024-05-08", "Bridge at Ennerby gone", "The Ennerby Echo has the details.", *BRIDGE[:3]
    ),
    "reworked": _page(
        "Amber Post",
        "2024-05-10",
        "Nine months without a bridge",
        "As the Ennerby Echo reported, the old bridge at Ennerby fell into the Tarn early on Monday.",
        BRIDGE[1],
        "The repair will cost 12 million crowns and take nine months.",
    ),
    "astral": _page("Ennerby Echo", "2024-06-03", "A dam and its 😀 keeper", *ASTRAL),
    "arabic": _page("صحيفة النهر", "2024-05-07", "انهيار الجسر القديم", *ARABIC, language="ar"),
}
HOSTILE = {
    "url": "https://hostile.example/a?<script>",
    "outlet": f'Hostile "Herald"{SCRIPT}',
    "title": f"{IMAGE}{SCRIPT}' onmouseover='alert(1)",
    "date": "2024-05-07",
    "text": f"The mayor said on Monday that {SCRIPT} {IMAGE} was “javascript:alert(1)”, an aide told {SCRIPT} News.\n\n"
    f"“</textarea></title></style>{SCRIPT}” said the so-called {{{{7*7}}}} committee, citing {ONE_LONG_WORD}.\n\n"
    + "\n\n".join(BRIDGE[:2]),
}
PASTED = (
    "Saltmarsh Courier\n6 June 2024\n\n"
    "The harbour of Ennerby will stay closed for {} days, the port authority said on Wednesday. “We found a crack in "
    "the lock,” said Ilse Brandow, who leads it. According to the Harbour Ledger, citing unnamed officials, the "
    "so-called repair of last year caused it. Lorries had been seen at the lock at night. The fishermen’s union was "
    "founded in Ennerby in 1931 and has 420 members."
)


def write(folder: Path) -> list[str]:
    """Write the invented library into a folder; the paths of its files."""
    folder.mkdir()
    for name, page in PAGES.items():
        (folder / f"{name}.html").write_text(page, "utf-8")
    (folder / "hostile.jsonl").write_text(json.dumps(HOSTILE) + "\n", "utf-8")
    return [str(path) for path in sorted(folder.iterdir())]


def ids(corpus: Path) -> dict[str, str]:
    """The ids of the articles in a corpus by their names here."""
    by_hash = {hashlib.sha256(page.encode()).hexdigest(): name for name, page in PAGES.items()}
    return {by_hash.get(entry.article.sha256, "hostile"): entry.id for entry in Corpus(corpus).entries()}
