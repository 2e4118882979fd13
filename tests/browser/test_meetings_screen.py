"""Hold a meeting on the screen: plan it, keep what is typed, meet another person's change, decide, close, and print."""

import re

from dashboard import texts
from dashboard.pages.meetings.ids import Meetings, MeetingsPart
from dashboard.pages.record.ids import Do, Register
from tests.browser import driving
from tests.browser.test_accessible import faults

PEOPLE = (("Rosa Tuanama", "regional", ""), ("Luz Cárdenas", "provincial", "1702"), ("Padre O'Connor", "civil", ""))


def said(key, **fields):
    return texts.say("es", key, **fields)


def open_group(page, department, period="2013-2014"):
    page.goto(f"/reuniones?d={department}&periodo={period}")
    page.wait_for_selector(".members-table, .empty-state")


def open_meeting(page, id_):
    page.goto(f"/reuniones/{id_}")
    page.wait_for_selector(f"[data-part={MeetingsPart.HEAD}] h2")


def saved(page, form, kind="done"):
    """Press the button of a form and return what is told."""
    page.click(f"#{form}-save")
    return until_told(page, form, kind)


def until_told(page, form, kind="done"):
    told = page.locator(f"[data-outcome-for='{form}'] .{kind}, form[data-form='{form}'] .form-outcome .{kind}").first
    told.wait_for()
    page.wait_for_selector(f"#{Meetings.ROOT}:not([aria-busy])")
    return told.inner_text()


def plan(page, department, number, day, place):
    open_group(page, department)
    page.click(f"#plan-{day[:4]}-{number}")
    page.fill("#plan-held_on", day)
    page.fill("#plan-place", place)
    saved(page, "plan")
    return f"{department}-{day[:4]}-{number}"


def add_members(page, department):
    open_group(page, department)
    page.click("#fold-member > summary")
    for name, sector, place in PEOPLE:
        page.fill("#member-new-name", name)
        page.fill("#member-new-institution", "Entidad")
        page.select_option("#member-new-sector", sector)
        if place:
            page.select_option("#member-new-place", place)
        page.fill("#member-new-accreditation", "Oficio 1")
        saved(page, "member-new")


def complete(page, id_):
    """Give a proposal what it lacks, as its author does in the register."""
    back = page.url
    page.goto(f"/registro/{id_}")
    page.click(f"#{Register.CONTENT} button[data-do={Do.EDIT}]")
    page.fill(".edit-form [name=critical_area]", "Anemia infantil")
    for service in ("education", "environment"):
        page.uncheck(f".edit-form [name=services][value={service}]")
    page.click(".edit-form button[type=submit]")
    page.wait_for_selector(f"#{Register.SAID} .done")
    page.goto(back)
    page.wait_for_selector("#present-save")


def points(page, of):
    return page.locator(f"#{of} textarea").evaluate_all("(all) => all.map((point) => point.value)")


def test_a_meeting_from_its_plan_to_its_acta(visit):
    page = visit()
    add_members(page, "17")
    # the rules follow at once: one of three of the regional government
    rule = page.locator(f"[data-part={MeetingsPart.RULES}] li.rule.fail", has_text=said("group.regional.name"))
    assert said("group.regional.fail", n=1, wanted=3) in rule.inner_text()
    assert faults(page) == []
    id_ = plan(page, "17", 1, "2013-03-14", "Puerto Maldonado")
    page.click("form[data-form=plan] .form-outcome a")
    page.wait_for_selector("#open-save")
    assert points(page, "agenda-agenda") == said("meetings.offered.installation").splitlines()
    page.check("#review-proposals-tambopata")
    saved(page, "review")
    assert faults(page) == []
    page.click("#open-save")
    page.wait_for_selector("#present-save")
    page.click("#present-all")
    assert said("browser.meetings.ticked", n=3, all=3) in page.locator("[data-count]").inner_text()
    saved(page, "present")
    saved(page, "take-tambopata")
    # what could not be validated cannot be agreed to: it is said before the vote, and completed in the register
    card = page.locator("#card-tambopata")
    assert said("meetings.cannot_agree") in card.inner_text()
    assert said("records.fault.no_critical_area") in card.inner_text()
    page.check("#decide-tambopata-outcome-agreed")
    page.fill("#decide-tambopata-in_favour", "2")
    assert said("records.fault.no_critical_area") in saved(page, "decide-tambopata", "error")
    complete(page, "tambopata")
    saved(page, "take-tambopata")
    assert said("meetings.cannot_agree") not in card.inner_text()
    # votes are added up while they are typed, and more than those present are refused
    page.check("#decide-tambopata-outcome-agreed")
    page.fill("#decide-tambopata-in_favour", "3")
    page.fill("#decide-tambopata-against", "1")
    assert said("browser.meetings.sum_over", n=4, most=3) == page.locator("[data-sum]").inner_text()
    assert said("records.fault.more_votes", n=4, present=3) in saved(page, "decide-tambopata", "error")
    page.fill("#decide-tambopata-in_favour", "2")
    page.click("#fold-decide-tambopata > summary")
    page.locator(".dissent textarea").last.fill("Falta consultar")
    saved(page, "decide-tambopata")
    assert "Falta consultar" in page.locator(".decided").inner_text()
    # what is lacking is said before anybody tries to close
    assert said("records.fault.no_next_agenda") in page.locator(f"[data-part={MeetingsPart.LACKING}]").inner_text()
    page.click("#fold-close > summary")
    assert page.is_disabled("#close-save")
    page.fill("#next-next_agenda-1", "Avances")
    saved(page, "next")
    # what the act begins with, an agreement, and what was said on the first point
    page.fill("#session-began_at", "09:30")
    page.select_option("#session-presides", index=1)
    saved(page, "session")
    page.click("#fold-guests > summary")
    page.fill("#guests-guest_name-0", "Rosa Ruiz")
    page.fill("#guests-guest_dni-0", "1234")
    assert said("records.fault.not_a_dni", field=said("records.field.dni"), value="1234") in saved(
        page, "guests", "error"
    )
    page.fill("#guests-guest_dni-0", "")
    saved(page, "guests")
    page.fill("#development-development-1", "Se dio la bienvenida")
    saved(page, "development")
    page.fill("#agreement-new-text", "Remitir el plan")
    page.fill("#agreement-new-responsible", "Luz Paz")
    saved(page, "agreement-new")
    assert "Luz Paz" in page.locator(".agreement", has_text="Remitir el plan").inner_text()
    assert faults(page) == []
    page.click("#close-save")
    page.wait_for_selector(".state-mark.closed")
    forms = page.locator("form[data-form]").evaluate_all("all => all.map((form) => form.dataset.form)")
    assert forms and all(form == "correct" or form.startswith("follow-") for form in forms), (
        "an act is put right, an agreement followed"
    )
    after = said("meetings.after_agreed_early", state=said("records.state.proposed"))
    assert after in page.locator(".card").inner_text()
    assert faults(page) == []
    page.click("#fold-correct > summary")
    page.fill("#correct-says", "Puerto Maldonado")
    page.fill("#correct-should_say", "Iñapari")
    saved(page, "correct")
    assert "Iñapari" in page.locator(f"[data-part={MeetingsPart.CORRECTIONS}] li").inner_text()
    assert faults(page) == []
    original = page.request.get(f"/reuniones/{id_}/acta.html?texto=original").text()
    assert "Remitir el plan" in original and "Iñapari" not in original
    # Dash's own routes leave the acta's alone
    acta = page.request.get(f"/reuniones/{id_}/acta.html")
    assert "Falta consultar" in acta.text() and said("acta.draft") not in acta.text()
    page.goto(f"/reuniones/{id_}/acta.html")
    assert page.evaluate("() => getComputedStyle(document.querySelector('td.n')).textAlign") == "right"
    with page.expect_download() as waiting:
        page.evaluate(f"() => {{ window.location.href = '/reuniones/{id_}/acta.docx'; }}")
    _, year, number = id_.split("-")
    name = rf"madre-de-dios-{year}-{number}_acta_{year}-\d\d-\d\d\.docx"
    assert re.fullmatch(name, waiting.value.suggested_filename)


def test_what_is_typed_outlives_other_savings_and_a_reload_and_is_not_left_unasked(visit):
    page = visit()
    id_ = plan(page, "01", 1, "2013-03-10", "Bagua")
    open_meeting(page, id_)
    page.fill("#note-note", "Una nota a medias")
    page.fill("#when-place", "Chachapoyas")
    saved(page, "when")
    assert page.input_value("#note-note") == "Una nota a medias"
    assert said("meetings.note") in page.locator("[data-unsaved-bar]").inner_text()
    asked = []
    page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.click("a.nav-link[href='/reuniones']")
    assert said("meetings.note") in asked[0] and page.url.endswith(id_)
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.reload()
    page.wait_for_selector("form.dirty[data-form=note]")
    assert asked[-1] == "beforeunload"
    assert page.input_value("#note-note") == "Una nota a medias"
    # what is not saved keeps the meeting from being opened over it
    page.click("#open-save")
    assert said("meetings.note") in until_told(page, "open", "error")
    saved(page, "note")
    page.reload()
    page.wait_for_selector("#note-note")
    assert page.input_value("#note-note") == "Una nota a medias" and page.locator("form.dirty").count() == 0


def test_the_second_of_two_sees_both_versions_and_neither_is_lost(visit):
    one, two = visit(), visit()
    id_ = plan(one, "25", 2, "2013-06-10", "Pucallpa")
    open_meeting(one, id_)
    open_meeting(two, id_)
    two.fill("#when-place", "Contamana")
    one.fill("#when-place", "Yarinacocha")
    one.fill("#note-note", "A medias")
    saved(one, "when")
    conflict = saved(two, "when", "conflict")
    assert all(place in conflict for place in ("Pucallpa", "Contamana", "Yarinacocha"))
    assert two.input_value("#when-place") == "Contamana"
    assert faults(two) == []
    # pressed again it is told again: only who chooses so puts theirs on top
    assert "Yarinacocha" in saved(two, "when", "conflict")
    two.click("[data-conflict=mine]")
    until_told(two, "when")
    # the other field of the first was not touched by anybody: it is told of the new place, and nothing more
    assert "Contamana" in saved(one, "note", "conflict")
    assert one.input_value("#note-note") == "A medias" and one.input_value("#when-place") == "Contamana"
    saved(one, "note")
    two.reload()
    two.wait_for_selector("#note-note")
    assert (two.input_value("#when-place"), two.input_value("#note-note")) == ("Contamana", "A medias")


def test_an_agenda_is_written_and_ordered_by_keyboard_in_english_on_a_narrow_screen(visit):
    page = visit("en", viewport={"width": 800, "height": 900})
    id_ = plan(page, "16", 3, "2014-11-10", "Iquitos")
    open_meeting(page, id_)
    for _ in points(page, "agenda-agenda")[1:]:
        page.focus("#agenda-agenda-remove-1")
        page.keyboard.press("Enter")
    page.fill("#agenda-agenda-1", "One")
    page.focus("#agenda-agenda-1")
    for text in ("Two", "Three"):
        page.keyboard.press("Enter")
        page.keyboard.type(text)
    assert points(page, "agenda-agenda") == ["One", "Two", "Three"]
    driving.tab_to(page, "agenda-agenda-up-3", most=3)
    page.keyboard.press("Enter")
    assert points(page, "agenda-agenda") == ["One", "Three", "Two"]
    assert page.evaluate("() => document.activeElement.id") == "agenda-agenda-up-2"
    page.keyboard.press("Enter")
    # at the top it cannot go up: the focus stays with the point
    assert points(page, "agenda-agenda") == ["Three", "One", "Two"]
    assert page.evaluate("() => document.activeElement.id") == "agenda-agenda-down-1"
    driving.tab_to(page, "agenda-save")
    page.keyboard.press("Enter")
    until_told(page, "agenda")
    page.reload()
    page.wait_for_selector("#agenda-agenda-3")
    assert points(page, "agenda-agenda") == ["Three", "One", "Two"]
    assert re.search("Meeting 3 of 2014", page.locator("h2").first.inner_text())
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
    assert faults(page) == []
    page.goto("/reuniones/no-such-meeting")
    page.wait_for_selector("main .error")
    assert texts.say("en", "records.error.missing_meeting") in page.locator("main .error").inner_text()
    assert faults(page) == []
