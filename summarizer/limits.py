"""Every cap of the program in one place, with its unit and its reason."""

MAX_DOCUMENTS = 100_000  # documents a run reads; beyond, the rest is left out with a note
MAX_DOCUMENT_CHARS = 2_000_000  # code points of one document (a long book is 1,500,000)
MAX_FILE_BYTES = 64_000_000  # one file that holds one document; JSON Lines are read line by line
MAX_HTML_BYTES = 10_000_000  # one page; libxml2 returns nothing for a text node of this size
MAX_DEPTH = 250  # nested elements; libxml2 drops what is deeper than 256, trafilatura then all
MAX_ATTRIBUTES = 2_000  # of one tag; libxml2 needs 9 s for 30,000 and four times that for 60,000
MAX_INPUT_BYTES = 2_000_000_000  # all files of one run
MAX_STORY_CHARS = 150_000  # code points of one story that are read for evidence
MAX_TITLE_CHARS = 300  # a longer title is no headline; it stays in the text
REQUEST_MAX_DOCUMENTS = 5_000  # documents of one HTTP request, a setting
REQUEST_MAX_BYTES = 64_000_000  # body of one HTTP request, a setting
