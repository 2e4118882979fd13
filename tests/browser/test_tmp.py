from tests.browser import driving as d
def test_x(page):
    d.open_map(page)
    print(d.chosen(page), d.chips(page), d.verdict(page,'Distritos contiguos'))
    d.choose_department(page,'16')
    print(d.view_box(page))
    d.start_candidate(page)
    d.toggle_district(page,'160101')
    print(d.chips(page))
    pg=page
    page.click('#map-fill'); page.wait_for_timeout(500)
    print(page.evaluate("document.querySelector('[role=listbox], [role=dialog], .dash-dropdown-content')?.outerHTML.slice(0,3000)"))
    page.keyboard.press('Escape')
    page.screenshot(path='/tmp/w_shot.png')
    print(page.evaluate("document.querySelector('#map-tool').outerHTML"))
    print(page.evaluate("document.querySelector('#map-conflict-period').outerHTML"))
