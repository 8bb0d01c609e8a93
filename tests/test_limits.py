from summarizer import limits


def test_smaller_things_have_the_smaller_limits() -> None:
    assert limits.MAX_STORY_CHARS < limits.MAX_DOCUMENT_CHARS < limits.MAX_FILE_BYTES
    assert limits.MAX_FILE_BYTES < limits.MAX_INPUT_BYTES
    assert limits.REQUEST_MAX_DOCUMENTS <= limits.MAX_DOCUMENTS
    assert limits.REQUEST_MAX_BYTES <= limits.MAX_INPUT_BYTES


def test_longest_document_allowed_fits_a_file_in_any_script() -> None:
    assert limits.MAX_DOCUMENT_CHARS * len("\U0001f600".encode()) <= limits.MAX_FILE_BYTES
