import pytest

from ex99.parsing.language.labels import read_label, without_basis
from ex99.parsing.language.phrases import cut_exclusions, is_component, is_period_end_count, is_share_part, share_kinds
from ex99.parsing.tables.matching import cash_flow_metrics, instant_metrics, money_metrics


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("Net income (loss)", "net income"),
        ("NET (LOSS) INCOME", "net income"),
        ("Net loss", "net income"),
        ("Net earnings/(loss)", "net income"),
        ("Net sales (1)", "net sales"),
        ("Net sales (Note 3)", "net sales"),
        ("Total revenues, net of interest expense", "total revenues net of interest expense"),
        ("Total shareholders’ equity", "total holders equity"),
        ("Total stockholders' equity (deficit)", "total holders equity"),
        ("Cash & cash equivalents", "cash and cash equivalents"),
        ("Net cash provided by (used in) operating activities", "net cash provided by operating activities"),
        ("Net income available (attributable) to common stockholders", "net income attributable to common holders"),
        ("Diluted(9)", "diluted"),
        ("Average - assuming dilution¹", "average assuming dilution"),
        ("Net (loss)", "net income"),
        ("Operating (loss)", "operating income"),
        ("(Loss) from operations", "income from operations"),
        ("(Loss) before income taxes", "income before income taxes"),
        ("Net (loss) attributable to Widget Works, Inc.", "net income attributable to widget works inc"),
        ("Net (loss) per share - basic and diluted", "net income per share basic and diluted"),
        ("(Loss) earnings before income taxes", "income before income taxes"),
        ("Total shareholders' (deficiency)", "total holders deficiency"),
        ("Interest expense (income)", "interest expense"),
    ],
)
def test_plain_form(printed, text):
    assert read_label(printed).text == text


@pytest.mark.parametrize(
    ("printed", "loss"),
    [
        ("Net loss", True),
        ("Net income (loss)", False),
        ("Loss from operations", True),
        ("Income", False),
        ("Net (loss)", True),
        ("Operating (loss)", True),
        ("(Loss) from operations", True),
        ("(Loss) income from operations", False),
    ],
)
def test_losses(printed, loss):
    assert read_label(printed).loss is loss


@pytest.mark.parametrize(
    ("printed", "basis"),
    [
        ("Adjusted net income", "nongaap"),
        ("Non-GAAP operating income", "nongaap"),
        ("GAAP net income", "gaap"),
        ("Net income as reported", "gaap"),
        ("Earnings excluding special items", "nongaap"),
        ("Core EPS", "nongaap"),
        ("Net income", None),
        ("Basic - GAAP and Non-GAAP", None),
    ],
)
def test_basis(printed, basis):
    assert read_label(printed).basis == basis


@pytest.mark.parametrize(
    ("printed", "per_share", "shares"),
    [
        ("Earnings per share", True, False),
        ("Diluted EPS", True, False),
        ("Net income per limited partner unit", True, False),
        ("Weighted average shares outstanding", False, True),
        ("Shares used in computing net income per share", False, True),
        ("Net income", False, False),
    ],
)
def test_units(printed, per_share, shares):
    label = read_label(printed)
    assert (label.per_share, label.shares) == (per_share, shares)


@pytest.mark.parametrize(
    ("printed", "metric"),
    [
        ("Total revenues", "revenue"),
        ("Net sales", "revenue"),
        ("Total net revenue", "revenue"),
        ("Sales, net of returns and allowances", "revenue"),
        ("Total revenues and other income", "revenue"),
        ("Net interest income", "net_interest_income"),
        ("Gross profit", "gross_profit"),
        ("Gross margin", "gross_profit"),
        ("Income from operations", "operating_income"),
        ("Loss from operations", "operating_income"),
        ("Operating profit", "operating_income"),
        ("Income before provision for income taxes", "pretax_income"),
        ("Earnings before income taxes", "pretax_income"),
        ("Loss before taxes", "pretax_income"),
        ("Income before income taxes, minority interest and cumulative effect of change in accounting principle", "pretax_income"),
        ("Income (loss) from continuing operations before income taxes", "pretax_income"),
        ("Net income (loss)", "net_income"),
        ("Net income including noncontrolling interests", "net_income"),
        ("Consolidated net income", "net_income"),
        ("Net income attributable to common stockholders", "net_income_to_common"),
        ("Net income applicable to common shares", "net_income_to_common"),
        ("Net income attributable to Widget Works, Inc.", "net_income_to_common"),
        ("Net income attributable to 4X", "net_income_to_common"),
        ("Net income allocable to W-3 Holdings' common shareholders", "net_income_to_common"),
        ("Net earnings attributable to Wow! Brands, Inc.", "net_income_to_common"),
        ("Net income attributable to Müller & Söhne", "net_income_to_common"),
        ("Net (loss)", "net_income"),
        ("Operating (loss)", "operating_income"),
        ("(Loss) from operations", "operating_income"),
        ("(Loss) before taxes", "pretax_income"),
        ("EBITDA", "ebitda"),
        ("Total revenues (including $1.4 million from related parties)", "revenue"),
        ("Revenues, including revenues from affiliates of $12 and $9", "revenue"),
        ("Net revenue after provision for doubtful accounts", "revenue"),
        ("Gross profit (exclusive of depreciation shown separately below)", "gross_profit"),
        ("Results from operating activities", "operating_income"),
        ("Income before federal and state income taxes", "pretax_income"),
        ("Profit attributable to equity holders of the parent", "net_income_to_common"),
        ("Balance for common stock", "net_income_to_common"),
        ("Net income after noncontrolling interests", "net_income_to_common"),
        ("Total premiums earned and other revenues", "revenue"),
        ("Operating income from continuing operations", "operating_income"),
        ("Income before income tax expense and equity in losses", "pretax_income"),
        ("Income before income taxes, discontinued operations and extraordinary items", "pretax_income"),
        ("Net increase in net assets resulting from operations", "net_income"),
        ("Net income allocable to common stock and participating securities", "net_income_to_common"),
    ],
)
def test_money_rows(printed, metric):
    assert [m for m, _ in money_metrics(read_label(printed).text)] == [metric]


@pytest.mark.parametrize(
    "printed",
    [
        "Revenue growth",
        "Product revenue",
        "Other income, net",
        "Net income attributable to noncontrolling interests",
        "Income from continuing operations",
        "Income from discontinued operations",
        "Net interest income after provision for loan losses",
        "Total operating expenses",
        "Comprehensive income",
        "Comprehensive (loss)",
        "Net income allocable to Series T-1 preferred interest",
        "Deferred revenue",
        "Interest income",
        "Net income margin",
        "Preferred dividends",
        "Income from equity investments",
        "Operating income margin",
        "Net income attributable to general partner",
        "Net income attributable to Class B",
        "Income before income taxes and depreciation",
        "Net income attributable to the operating partnership",
    ],
)
def test_rows_that_are_no_metric(printed):
    assert money_metrics(read_label(printed).text) == ()


@pytest.mark.parametrize(
    ("printed", "metric"),
    [
        ("Cash and cash equivalents", "cash"),
        ("Total assets", "total_assets"),
        ("Total liabilities", "total_liabilities"),
        ("Total stockholders' equity", "equity"),
        ("Total Widget Works, Inc. shareholders' equity", "equity"),
        ("Total equity", "equity"),
        ("Shareholders' deficit", "equity"),
        ("Total common stock equity", "equity"),
        ("Total Widget Works equity", "equity"),
        ("Stockholders' deficiency", "equity"),
        ("Unrestricted cash and cash equivalents", "cash"),
        ("Total stockholders' equity of Widget Works", "equity"),
    ],
)
def test_balance_rows(printed, metric):
    assert [m for m, _ in instant_metrics(read_label(printed).text)] == [metric]


@pytest.mark.parametrize(
    "printed",
    [
        "Total liabilities and stockholders' equity",
        "Total current assets",
        "Restricted cash",
        "Noncontrolling interests",
        "Total current liabilities",
        "Total mezzanine equity",
        "Total debt and equity",
    ],
)
def test_balance_rows_that_are_no_metric(printed):
    assert instant_metrics(read_label(printed).text) == ()


@pytest.mark.parametrize(
    "printed",
    [
        "Net cash provided by operating activities",
        "Net cash used in operating activities",
        "Cash generated by operating activities",
        "Net cash from operations",
    ],
)
def test_cash_flow_rows(printed):
    assert cash_flow_metrics(read_label(printed).text)[0][0] == "operating_cash_flow"


def test_ranks_prefer_totals():
    ranks = [dict(money_metrics(read_label(label).text))["revenue"] for label in ("Total revenues", "Net sales", "Revenues")]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) == 3


def test_kinds_and_parts_of_share_rows():
    assert share_kinds("basic and diluted") == ("basic", "diluted")
    assert share_kinds("assuming dilution") == ("diluted",)
    assert share_kinds("average common shares and common share equivalents") == ("diluted",)
    assert is_component("continuing operations")
    assert is_component("net investment income per share")
    assert share_kinds("weighted average shares including dilutive securities") == ("diluted",)
    assert not is_component("net income")
    assert is_period_end_count("shares outstanding at end of period")
    assert not is_period_end_count("weighted average shares outstanding")
    assert is_share_part("dilutive effect of stock options")
    assert not is_share_part("average common and dilutive common equivalent shares outstanding")
    assert not is_share_part("average common and potentially dilutive shares")
    assert share_kinds("average common and potentially dilutive shares") == ("diluted",)
    assert not is_share_part("weighted average shares")


def test_words_of_basis_and_exclusions_are_cut():
    assert without_basis("non gaap operating income") == "operating income"
    assert cut_exclusions("income excluding special items") == ("income", True)
    assert cut_exclusions("net income") == ("net income", False)
