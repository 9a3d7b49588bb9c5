"""A chat as its person sees it, drawn from what the bot has called: a page to be looked at."""

import html
from collections.abc import Iterable

from tests.fakes.telegram.chats import Post
from tests.fakes.telegram.content import Button
from tests.fakes.telegram.user import TelegramUser

STYLE = """
body{margin:0;background:#8fae8b;font:15px/1.4 'DejaVu Sans',system-ui,sans-serif;width:400px}
main{padding:12px;display:flex;flex-direction:column;gap:8px}
.turn{max-width:86%}.bot{align-self:flex-start}.person{align-self:flex-end}
.text{background:#fff;border-radius:12px;padding:8px 11px;white-space:pre-wrap;
overflow-wrap:anywhere}
.person .text{background:#e1ffc7}
blockquote{margin:3px 0;padding:3px 9px;border-left:3px solid #3390ec;background:#eaf3fd;
border-radius:4px;display:block}
blockquote[expandable]{max-height:4.2em;overflow:hidden;
-webkit-mask:linear-gradient(#000 60%,#0003)}
code{font-family:'DejaVu Sans Mono',monospace;color:#a0306a}
.row{display:flex;gap:4px;margin-top:4px}
.row span{flex:1;background:#5b7d5ad9;color:#fff;border-radius:8px;padding:8px 6px;
text-align:center;font-size:14px}
.row .danger{background:#c4342d}
.marks{font-size:11px;color:#456;margin-left:6px}
@media (prefers-color-scheme:dark){body{background:#0e1621}
.text,.menu{background:#182533;color:#fff}
.person .text{background:#2b5278}blockquote{background:#1f3345}code{color:#e3a4c4}a{color:#6ab3f3}
.row span{background:#2f4257}.marks{color:#8ba}}
.menu{background:#fff;padding:8px 12px;font-size:13px}.menu b{color:#3390ec}
"""
SIGNS = {"url": " ↗", "app": " ▣", "copies": " ⎘"}


def drawn(person: TelegramUser) -> str:
    """Return the chat as HTML: what stands in it now, and the menu of commands below it."""
    entries = person.api.methods.profile.menu(person.id) or ()
    menu = "".join(f"<div><b>/{name}</b> {html.escape(said)}</div>" for name, said in entries)
    below = f'<div class="menu">{menu}</div>' if menu else ""
    return f"{drawn_posts(person.screen)}{below}"


def drawn_posts(posts: Iterable[Post]) -> str:
    """Return what stands in a chat, or in one topic of a group."""
    head = f"<!doctype html><meta charset=utf-8><style>{STYLE}</style>"
    return f"{head}<main>{''.join(map(_turn, posts))}</main>"


def _turn(post: Post) -> str:
    text = post.html if post.by_bot and post.html else html.escape(post.text)
    text = text.replace("\n<blockquote", "<blockquote").replace("</blockquote>\n", "</blockquote>")
    marks = ("protected " if post.protected else "") + ("silent" if post.silent else "")
    rows = "".join(f'<div class="row">{"".join(map(_button, row))}</div>' for row in post.keyboard)
    who = "bot" if post.by_bot else "person"
    said = f'<div class="text">{text}<span class="marks">{marks}</span></div>'
    return f'<div class="turn {who}">{said}{rows}</div>'


def _button(button: Button) -> str:
    sign = "".join(mark for name, mark in SIGNS.items() if getattr(button, name))
    return f'<span class="{button.style or ""}">{html.escape(button.title)}{sign}</span>'
