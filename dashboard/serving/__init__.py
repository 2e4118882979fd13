"""Plain addresses: files and pages that Dash does not draw."""
