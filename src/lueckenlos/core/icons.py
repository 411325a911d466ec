"""The names of the icons and the drawings of those that KERN does not bring.

KERN's icons are masks in its style sheet; set-up keeps only those named in KERN.
OWN holds path data in a box of 24, drawn with a round line of 2 like the path.
"""

KERN = frozenset({
    "account-circle", "add", "arrow-back", "arrow-down", "arrow-forward", "arrow-up", "calendar-today",
    "check", "checklist", "chevron-left", "chevron-right", "close", "content-copy", "danger", "dark-mode",
    "dehaze", "delete", "download", "easy-language", "edit", "help", "home", "info", "language",
    "light-mode", "logout", "mail", "open-in-new", "search", "sign-language", "success", "visibility",
    "visibility-off", "warning",
})  # fmt: skip

OWN = {
    "phone": "M7 3.5 9.6 8 7.8 10a12 12 0 0 0 6.2 6.2l2-1.8 4.5 2.6c0 2.2-1.6 3.9-3.8 3.5"
    "C9.8 19.4 4.6 14.2 3.5 7.3 3.1 5.1 4.8 3.5 7 3.5",
    "place": "M12 21.500c4.5-4.7 7-8.4 7-11.500a7 7 0 0 0-14 0c0 3.1 2.5 6.8 7 11.500ZM12 12.500a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5",
    "clock": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M12 7v5.500l3.5 2",
    "euro": "M18 6.500A6.8 6.8 0 0 0 7 12a6.8 6.8 0 0 0 11 5.500M4 10.300h9M4 13.700h9",
    "people": "M9 11.500a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7M2.5 20c.6-3.6 3.2-5.5 6.5-5.500s5.9 1.9 6.5 5.500M16 4.800a3.3 3.3 0 0 1 0 6.400M18 15c1.9.8 3.1 2.4 3.5 5",
    "person": "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8M4.5 20.500c.7-4 3.7-6 7.5-6s6.8 2 7.5 6",
    "baby": "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16M9 11v.5M15 11v.5M9.5 15c1.5 1.3 3.5 1.3 5 0M12 4c1.5.3 2 2.2.6 3",
    "school": "M4 6.500c3-1.3 5.7-.8 8 1v12c-2.3-1.8-5-2.3-8-1ZM20 6.500c-3-1.3-5.7-.8-8 1v12c2.3-1.8 5-2.3 8-1Z",
    "wallet": "M4 7.500h14.500a1.5 1.5 0 0 1 1.5 1.500v9a1.5 1.5 0 0 1-1.5 1.500h-13A1.5 1.5 0 0 1 4 18ZM4 7.500c0-1.2.8-2 2-2.200l9.5-1.300v3.500M16.5 13.500h.1",
    "arrival": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M15.8 8.200l-2.3 5.3-5.3 2.3 2.3-5.300Z",
    "house": "M4 11.5 12 4.500l8 7M6 10v9.500h12V10M10 19.500v-5h4v5",
    "heart": "M12 20C7 16.3 4 13 4 9.500A4.2 4.2 0 0 1 12 7.700a4.2 4.2 0 0 1 8 1.800c0 3.5-3 6.8-8 10.5",
    "ball": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M12 8l3.8 2.8-1.4 4.400H9.600l-1.4-4.400ZM12 3v5M20.5 9.300l-4.7 1.500M17.3 19.300l-2.9-4.100M6.7 19.300l2.9-4.100M3.5 9.300l4.7 1.5",
    "speech": "M4 5h16v11h-8l-4.5 4v-4H4ZM8 9.200h8M8 12.300h5",
    "volume": "M4 9.500v5h3.500L12 18.500v-13L7.5 9.500ZM15.5 9a4.2 4.2 0 0 1 0 6M18 6.500a7.8 7.8 0 0 1 0 11",
    "share": "M17 8a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5M7 14.500a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5M17 21a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5M9.2 10.800l5.6-4M9.2 13.200l5.6 4",
    "print": "M7 9V3.500h10V9M7 17H4V9h16v8h-3M7 14h10v6.500H7Z",
    "bookmark": "M6.5 3.500h11v17L12 16l-5.5 4.500Z",
    "bookmark-done": "M6.5 3.500h11v17L12 16l-5.5 4.500ZM9 9.500l2.2 2.200L15.5 7.5",
    "map": "M4 6.5 9.3 4l5.4 2.500L20 4v13.500L14.7 20l-5.4-2.500L4 20ZM9.3 4v13.500M14.7 6.500V20",
    "list": "M8.5 6H20M8.5 12H20M8.5 18H20M4 6h.1M4 12h.1M4 18h.1",
    "walk": "M13 5.500a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3M8 12l2-3.5 3-.5 2.5 3 3 .5M12 8.500l-1 6 3 2.5.8 4.500M11 14.5 8.5 21.5",
    "bus": "M5 5.500h14v11.500H5ZM5 11.500h14M8 17v2.500M16 17v2.500M8.5 14.200h.1M15.5 14.200h.1",
    "wheelchair": "M10 5.500a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3M10 8v6h6l3 6M10 10.500h5M8 11.800a5.3 5.3 0 1 0 7 7",
    "exit": "M13 4H5v16h8M10 12h10.500M17 8.500l3.5 3.5-3.5 3.5",
    "near": "M12 18.500a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13M12 2.500v3M12 18.500v3M2.5 12h3M18.5 12h3M12 12h.1",
    "bell": "M6 16.500v-6a6 6 0 0 1 12 0v6l1.5 1.500h-15ZM10 20.500h4",
    "filter": "M4 7h16M7 12h10M10 17h4",
    "stop": "M7 7h10v10H7Z",
    "moon": "M19.5 14.500A8 8 0 0 1 9.5 4.500a8 8 0 1 0 10 10",
    "letter": "M4 6h16v12.500H4ZM4 7l8 6.500L20 7",
    "hands": "M3.5 13.5 8 9.500l4 3.5 4-3.5 4.5 4M8 9.500l4-3 4 3M12 13v6.500M7 16.500l2.5 2.500h5l2.5-2.5",
    "bridge": "M3 17.500h18M3 13c4 0 6-2 6-6 0 4 2 6 6 6s6-2 6-6M9 7v10.500M15 13v4.5",
}  # fmt: skip

# What German labels and data call them, so that a county's settings can name an icon by its sense.
SAME = {"telephone": "phone", "email": "mail", "calendar": "calendar-today", "menu": "dehaze", "plus": "add"}


def known(name: str) -> str:
    """The icon's own name; a wrong one is a mistake of the template and stops the page in tests."""
    name = SAME.get(name, name)
    if name not in KERN and name not in OWN:
        raise KeyError(f"icon {name!r} is neither KERN's nor ours: see core/icons.py")
    return name
