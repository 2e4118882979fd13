"""What the one table says: the cells of a narrow window name their column."""

from dash import html

from dashboard.pages.kit.tables import SHEET, by, table


def labels(made: html.Table) -> list[list[str | None]]:
    body = next(part for part in made.children if isinstance(part, html.Tbody))
    return [[getattr(cell, "data-label", None) for cell in row.children] for row in body.children]


def test_each_cell_says_its_column_and_the_cell_that_names_the_row_and_a_button_do_not():
    rows = [["Lamas", by(3, "3"), html.Td(html.Button("Planear"))]]
    made = table("", ["Nombre", html.Th(html.Button("Distritos")), "Ver"], rows)
    assert labels(made) == [[None, "Distritos", None]]
    assert "cards" in made.className.split()


def test_a_cell_over_several_columns_says_none_of_them_and_those_after_it_say_their_own():
    row = html.Tr([html.Th("Reunión 1", scope="row"), html.Td("Falta", colSpan=2), html.Td("hoy")])
    assert labels(table("", ["Reunión", "Fecha", "Lugar", "Día"], [row])) == [[None, None, "Día"]]


def test_where_heads_stand_in_two_rows_or_another_look_is_asked_for_no_row_is_a_card():
    two = table("", ["Cupo", "Val."], [["1", "2"]], above=[html.Th("Fase 1", colSpan=2)])
    other = table("", ["Cupo", "Val."], [["1", "2"]], look="plan-ledger")
    for made in (two, other):
        assert labels(made) == [[None, None]]
        assert "cards" not in made.className.split()
    assert labels(table("", ["Cupo", "Val."], [["1", "2"]], look=SHEET, named=False)) == [["Cupo", "Val."]]
