"""Pages for people: what is due, what was told, how it came about, and a search.

Each module makes one page of the store as text; nothing here knows HTTP, and no page has a script
or requests anything. The words are English; sentences of briefings keep their own language.
"""
