"""Make the traces that overlays are drawn with: styled, named and empty.

A trace carries its look; the browser fills in where and what, so that geometry is sent once. Each
is validated by plotly here, on the server, and published as plain JSON.
"""

from typing import Any

import plotly.graph_objects as go

from layers import palette

Trace = dict[str, Any]  # as plotly writes it


def _plain(trace: go.Scattergeo | go.Choropleth) -> Trace:
    return trace.to_plotly_json()


def _unfaded(colour: str, *, marker: bool = False) -> Trace:
    """Keep plotly from fading what a lasso leaves out: here a lasso is a tool, not a filter."""
    look: Trace = {"textfont": {"color": colour}}
    if marker:
        look["marker"] = {"opacity": 1}
    return {"selected": look, "unselected": look}


def lines(name: str, overlay: str, *, visible: bool = False, **line: Any) -> Trace:  # line: as plotly takes it
    """Return a trace of outlines; line: plotly's colour, width (px) and dash."""
    return _plain(
        go.Scattergeo(
            name=name,
            mode="lines",
            lon=[],
            lat=[],
            line=line,
            hoverinfo="skip",
            visible=visible,
            showlegend=False,
            meta={"overlay": overlay},
        )
    )


def words(name: str, overlay: str, *, size: int, colour: str, visible: bool = True) -> Trace:
    """Return a trace of words set on the map; size in pixels."""
    return _plain(
        go.Scattergeo(
            name=name,
            mode="text",
            lon=[],
            lat=[],
            text=[],
            textfont={"size": size, "color": colour},
            **_unfaded(colour),
            hoverinfo="skip",
            visible=visible,
            showlegend=False,
            meta={"overlay": overlay},
        )
    )


def points(
    name: str,
    overlay: str,
    marker: dict[str, Any],  # as plotly takes it
    *,
    mode: str = "markers",
    textposition: str = "middle center",
    size: int = 11,
    colour: str = palette.INK,
    answers: bool = True,
) -> Trace:
    """Return a trace of marks, with or without a number beside them.

    answers: whether a mark answers to the pointer; one that does not lets what is under it answer.
    """
    return _plain(
        go.Scattergeo(
            name=name,
            mode=mode,
            lon=[],
            lat=[],
            text=[],
            marker={"opacity": 1, **marker},  # plotly fades marks of several sizes
            textposition=textposition,
            textfont={"size": size, "color": colour},
            **_unfaded(colour, marker=True),
            hoverinfo="none" if answers else "skip",
            visible=False,
            showlegend=False,
            meta={"overlay": overlay},
        )
    )


def casing(name: str, overlay: str, marker: dict[str, Any], around: float) -> Trace:  # marker: as plotly takes it
    """Return a trace of the same marks in paper, `around` pixels wider on every side, to lie below those of a name."""
    line = {"color": palette.CASING, "width": marker.get("line", {}).get("width", 0) + 2 * around}
    return points(f"{name}.casing", overlay, {**marker, "color": palette.CASING, "line": line}, answers=False)
