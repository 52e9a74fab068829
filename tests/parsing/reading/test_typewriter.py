from ex99.parsing.reading import read_document

STATEMENT = """
<PAGE>
                                                                 EXHIBIT 99

     WIDGET WORKS, INC. today reported its results for the quarter, which were
better than a year ago in every respect that the Company measures itself by.

-- Sales rose by a tenth, because more widgets were sold than in any quarter
   of the years before.
-- Costs fell.

<TABLE>
<CAPTION>
                              WIDGET WORKS, INC.
                      CONSOLIDATED STATEMENTS OF INCOME
                    (In thousands, except per share data)

                                Three Months Ended        Six Months Ended
                                     June 30,                 June 30,
                               -------------------      -------------------
                                 1998       1997          1998       1997
<S>                            <C>        <C>           <C>        <C>
Net sales                      $ 5,234    $ 4,876       $10,123    $ 9,198
Selling, general and
  administrative                 1,000        950         1,950      1,900
Other                                -        (12)            -        (20)
                               -------    -------       -------    -------
Net income                     $   430    $   370       $   823    $   705
                               =======    =======       =======    =======
Net income per share:
  Basic                        $   .43    $   .37       $   .82    $   .70
</TABLE>
                                      3
<PAGE>
"""


def read(text):
    return read_document(text.encode())


def rows_of(text):
    return [[c.text for c in row.cells] for row in read(text).tables[0].rows]


def test_blocks():
    document = read(STATEMENT)
    kinds = [(b.kind, document.words(b)[:20]) for b in document.blocks if b.kind != "page_break"]
    assert document.media_type == "text/plain"
    assert kinds[1:4] == [("paragraph", "WIDGET WORKS, INC. t"), ("list_item", "-- Sales rose by a t"), ("list_item", "-- Costs fell.")]
    assert kinds[-1][0] == "table"
    assert kinds[-2][0] == "heading"


def test_page_numbers_and_tags_are_no_words():
    text = read(STATEMENT).text
    assert "<" not in text
    assert not text.rstrip().endswith("3")


def test_wrapped_labels_dashes_and_parentheses():
    rows = {row[0]: row[1:] for row in rows_of(STATEMENT)}
    assert rows["Selling, general and administrative"] == ["1,000", "950", "1,950", "1,900"]
    assert rows["Other"] == ["-", "(12)", "-", "(20)"]
    assert rows["Net income"] == ["$ 430", "$ 370", "$ 823", "$ 705"]
    assert rows["Net income per share:"] == []


def test_labels_typed_around_their_values():
    text = """
                                                   1997        1996
Net Cash Provided by                             $1,234      $1,111
  Operating Activities
Earnings Before                                     310         290
  Income Taxes and
  Minority Interest
Cash flows of discontinued operations:
  Operating                                          12          11
"""
    rows = {" ".join(row[::3]): row[1:3] for row in rows_of(text) if len(row) > 2}
    assert rows["Net Cash Provided by Operating Activities"] == ["$1,234", "$1,111"]
    assert rows["Operating"] == ["12", "11"]


def test_a_label_of_many_lines_parts_no_table():
    shares = "".join(f"    {count},000 shares\n" for count in range(100, 114))
    text = f"""
                                   1997        1996
Total liabilities                $1,234      $1,111
  Common stock, authorized
{shares}    outstanding                      10          10
Total equity                        200         190
"""
    assert len(read(text).tables) == 1


def test_rulers_show_how_far_a_header_reaches():
    head = next(row for row in read(STATEMENT).tables[0].rows if "June 30," in row.cells[0].text)
    assert [(c.column, c.span) for c in head.cells] == [(31, 19), (56, 19)]


def test_every_cell_is_a_slice():
    document = read(STATEMENT)
    for row in document.tables[0].rows:
        for cell in row.cells:
            assert " ".join(document.text[cell.start : cell.end].split()) == cell.text


def test_dates_side_by_side_are_cut_apart():
    text = """
                          Jun 30,  Mar 31,  Jun 30,
                           2003     2003     2002
    Net revenues          $11,506  $11,492  $12,967
    Cost of revenues        8,027    8,028    8,294
"""
    assert rows_of(text)[0] == ["Jun 30,", "Mar 31,", "Jun 30,"]


def test_values_one_blank_apart():
    text = """
                                   2003     2002
    Loss before income taxes     (7,093) (8,229)
    Net loss                    $(4,327)$(5,267)
    Total                         45,678 123,456
"""
    assert rows_of(text)[1:] == [
        ["Loss before income taxes", "(7,093)", "(8,229)"],
        ["Net loss", "$(4,327)", "$(5,267)"],
        ["Total", "45,678", "123,456"],
    ]


def test_dotted_leaders():
    text = """
                                   1997        1996
Net sales ....................   $1,234      $1,111
Cost of sales.................      900         850
"""
    assert rows_of(text)[1:] == [["Net sales", "$1,234", "$1,111"], ["Cost of sales", "900", "850"]]


def test_a_new_title_starts_a_new_table():
    text = """
                     Statements of Income
                           1997        1996
Net sales                $1,234      $1,111
Net income                  100          90

                       Balance Sheets
                           1997        1996
Cash                       $ 34        $ 11
Total assets              2,000       1,900
"""
    document = read(text)
    assert len(document.tables) == 2
    assert [document.words(b) for b in document.blocks if b.kind == "heading"] == ["Statements of Income", "Balance Sheets"]


def test_several_heads_far_below_start_a_new_table_without_a_period():
    text = """
                           1997        1996
Net sales                $1,234      $1,111
Net income                  100          90


                         Income     Expense       Net
Northern                   $ 70        $ 30      $ 40
Southern                     90          30        60
"""
    assert len(read(text).tables) == 2


def test_double_spaced_text_is_read_as_single_spaced():
    single = STATEMENT.replace("<PAGE>\n", "")
    double = single.replace("\n", "\n\n")
    assert rows_of(double) == rows_of(single)


def test_prose_with_numbers_is_no_table():
    text = "\n".join(["The Company sold 12,345 widgets in the quarter, against 11,111 a year ago,  2003"] * 5)
    assert read(text).tables == ()


def test_paragraphs_told_by_their_first_indent():
    text = (
        "     One paragraph that is long enough to be running text on this page, ends.\nIt goes on.\n"
        "     Another one starts here, with its first line further in than the rest.\n"
    )
    document = read(text)
    assert len(document.blocks) == 2


def test_tabs_entities_and_carriage_returns():
    document = read("Smith &amp; Sons\r\n\r\nSales\t\t$1,234\t$1,111\r\nCosts\t\t   900\t   800\r\n")
    assert document.words(document.blocks[0]) == "Smith & Sons"
    assert [[c.text for c in row.cells] for row in document.tables[0].rows] == [["Sales", "$1,234", "$1,111"], ["Costs", "900", "800"]]
