"""Documents to take away or to print: acta, workbooks and files of candidates and plans."""

from dashboard.documents import candidate_files, district_table, place_files, plan_files
from dashboard.documents.acta_annexes import (
    in_order,
)
from dashboard.documents.acta_files import acta_docx, acta_pdf
from dashboard.documents.acta_page import STYLE, acta_html, no_acta_html
from dashboard.documents.coverage_sheets import coverage_workbook, scores_template, stages_template
from dashboard.documents.criteria import (
    cells,
    in_use,
    why_no_points,
)
from dashboard.documents.link_files import links_file
from dashboard.documents.names import candidates_name
from dashboard.documents.place_files import (
    FORMATS,
    Format,
)
from dashboard.documents.pool_files import MOST_TAKEN, pool_file
from dashboard.documents.sensitivity_sheets import sensitivity_workbook
from dashboard.documents.summons import summons_docx

__all__ = [
    "FORMATS",
    "Format",
    "MOST_TAKEN",
    "STYLE",
    "acta_docx",
    "acta_html",
    "acta_pdf",
    "candidate_files",
    "candidates_name",
    "cells",
    "coverage_workbook",
    "district_table",
    "in_order",
    "in_use",
    "links_file",
    "no_acta_html",
    "place_files",
    "plan_files",
    "pool_file",
    "scores_template",
    "sensitivity_workbook",
    "stages_template",
    "summons_docx",
    "why_no_points",
]
