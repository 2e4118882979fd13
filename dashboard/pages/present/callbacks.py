"""Hand the slides to the browser, which steps through them without the server."""

from dash import ClientsideFunction, Input, Output

from dashboard.pages.kit.wiring import clientside_callback
from dashboard.pages.present.ids import Present

clientside_callback(
    ClientsideFunction("present", "begin"),
    Output(Present.ROOT, "data-done"),
    Input(Present.ROOT, "id"),
)
