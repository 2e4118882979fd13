"""The table of maps of other servers that may lie below ours."""

from sqlalchemy import Boolean, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from dashboard.records.core.models import RecordRow


class BackdropRow(RecordRow):
    """A map of another server, by its address."""

    __tablename__ = "backdrop"
    name: Mapped[str] = mapped_column(String(60))
    form: Mapped[str] = mapped_column(String(8))
    address: Mapped[str] = mapped_column(String(400))
    layers: Mapped[str] = mapped_column(String(200))
    attribution: Mapped[str] = mapped_column(String(200))
    least_zoom: Mapped[int] = mapped_column(Integer)
    most_zoom: Mapped[int] = mapped_column(Integer)
    removed: Mapped[bool] = mapped_column(Boolean)
