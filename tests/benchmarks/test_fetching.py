from benchmarks import fetching


def test_forbidden_places_are_not_connected_to_and_public_ones_would_be() -> None:
    figures = fetching.measure(["http://127.0.0.1/", "http://localhost/", "http://[::1]/"])
    assert {name: figures[name] for name in fetching.GOALS} == dict.fromkeys(fetching.GOALS, 0)
    assert (figures["vectors"], figures["redirects"], len(fetching.CONTROLS)) == (3, 30, 20)


def test_public_address_among_the_vectors_is_noticed() -> None:
    assert fetching.measure(["http://1.1.1.1/"])["forbidden vectors let through"] == 1
