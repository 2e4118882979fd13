"""The room of a meeting on the phones of those who take part: plain pages and JSON under `/sala`, without an account.

`GET /sala` asks for the code, `GET /sala/<CODE>` is the phone's page. `GET /sala/api/state?since=N` tells what the
phone shows (with `code=` instead of a token: by whose names one can join), `POST /sala/api/join` gives the token that
every other question carries in `X-Room-Token`, `POST /sala/api/answers` keeps answers, `POST /sala/api/judge` judges a
drawing. What goes wrong is told as {"said": a sentence, "status": the code}.
"""

from dashboard.pages.room.page import serve_pages
from dashboard.pages.room.routes import serve

__all__ = ["serve", "serve_pages"]
