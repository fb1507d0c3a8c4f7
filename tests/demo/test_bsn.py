from analyse.demo.bsn import bsn_reeks, deel_uit, elfproef


def test_elfproef_bekende_nummers():
    assert elfproef("999900006")  # the child of the official examples
    assert elfproef("111222333")
    assert not elfproef("999900007")


def test_de_reeks_is_precies_wat_de_elfproef_doorlaat():
    reeks = bsn_reeks()
    assert len(reeks) == 9091
    assert (reeks[0], reeks[-1]) == ("999900006", "999999990")
    assert all(elfproef(bsn) for bsn in reeks)
    assert sum(elfproef(str(nr)) for nr in range(999900006, 999910006)) == sum(bsn < "999910006" for bsn in reeks)


def test_niemand_deelt_een_nummer_en_de_volgorde_zegt_niets():
    nummers = deel_uit(9091)
    assert len(set(nummers)) == 9091
    assert nummers[:50] != sorted(nummers[:50])
