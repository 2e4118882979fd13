"""What happens on the screen of sensitivity: the browser draws its chart, and prints. Everything else is a link."""

from dash import ClientsideFunction, Input, Output, State

from dashboard.pages.kit.wiring import clientside_callback
from dashboard.pages.sensitivity.ids import SensitivityId

clientside_callback(
    ClientsideFunction("sensitivity", "ranges"),
    Output(SensitivityId.ROOT, "data-drawn"),
    Input(SensitivityId.DRAWN, "data"),
    State(SensitivityId.RANGES, "id"),
)
clientside_callback(
    ClientsideFunction("compare", "print"),
    Output(SensitivityId.PRINT, "disabled"),
    Input(SensitivityId.PRINT, "n_clicks"),
    prevent_initial_call=True,
)
