import pytest

from analyse.cli import lezer, main


def test_de_hulp_is_nederlands(capsys):
    for verb in ([], ["rapport"], ["meten"], ["demo"], ["mapping"], ["cbs"]):
        with pytest.raises(SystemExit) as stop:
            lezer().parse_args([*verb, "--help"])
        assert stop.value.code == 0
        tekst = capsys.readouterr().out
        assert tekst.startswith("gebruik: analyse")
        for engels in ("usage", "options", "show this help", "positional"):
            assert engels not in tekst


@pytest.mark.parametrize(
    ("argumenten", "verwacht"),
    [
        (["demo", "--vorm", "json"], "'json' bestaat niet; kies uit"),
        (["meten"], "dit ontbreekt nog: --uit"),
        (["rapport", "--editi", "2025-H2"], "dit kent analyse niet: --editi"),
        (["controleer", "--peildatum", "31-12-2025"], "past hier niet"),
        (["controleer", "--leveringen"], "hier hoort één waarde achter"),
    ],
)
def test_een_verkeerde_aanroep_zegt_in_het_nederlands_wat_er_mist(argumenten, verwacht, capsys):
    with pytest.raises(SystemExit) as stop:
        main(argumenten)
    assert stop.value.code == 2
    assert verwacht in capsys.readouterr().err


def test_een_onbekende_editie_is_exitcode_12_zonder_traceback(capsys):
    assert main(["rapport", "--editie", "2025-H9"]) == 12
    fout = capsys.readouterr().err
    assert "Bedoelde u 2025-H2?" in fout
    assert "Traceback" not in fout


def test_een_onbekende_cbs_tabel_is_exitcode_12(capsys):
    assert main(["cbs", "--tabel", "85097NEDX"]) == 12
    assert "85097NED" in capsys.readouterr().err


def test_mapping_stelt_een_vertaling_voor(tmp_path, capsys):
    (tmp_path / "toewijzingen.csv").write_text(
        "Cliëntnummer;AGB-code;Productcode;Begindatum\n1;98980001;45A04;01-02-2024\n"
    )
    uit = tmp_path / "voorstel.yaml"
    assert main(["mapping", str(tmp_path), "--uit", str(uit)]) == 0
    uitvoer = capsys.readouterr()
    assert "toewijzingen.csv" in uitvoer.out
    assert "Lees hem na" in uitvoer.err
    assert "AGB-code" in uit.read_text()
