//! People's own tables: decimal commas between commas, sums and notes below the rows, headers of numbers and dates, notes.
//!
//! Not responsible for the rest of reading tables; `tables.rs` is.

use crate::tables::{names, numbers, read};
use gradarium::spec::csv_table::{CellKind, CsvTable, DateOrder, Note};
use gradarium::spec::{Code, CsvSpec, CsvTask};

#[test]
fn decimal_commas_between_commas_are_one_number() {
    let lone = read("level\n203,10\n204,17\n199,05\n");
    assert_eq!((names(&lone), numbers(&lone, 0)), (vec!["level"], vec![203.1, 204.17, 199.05]));
    let dated = read("day,level\n2021-01-10,203,10\n2021-01-11,-4,07\n");
    assert_eq!((names(&dated), numbers(&dated, 1)), (vec!["day", "level"], vec![203.1, -4.07]));
    assert!(dated.columns[0].dates.is_some() && !dated.skipped.short_header);
    let thousands = read("people\n1,530\n12,417\n");
    assert_eq!(numbers(&thousands, 0), [1530.0, 12_417.0], "three digits are thousands");
    // R's names of rows stay, and it is said.
    for text in ["x,y\n1,0.5,1.5\n2,1.0,2.5\n", "x,y\nParis,0.5,1.5\nRome,1.0,2.5\n"] {
        let r = read(text);
        assert!(r.skipped.short_header && names(&r)[0] == "column 1" && names(&r)[2] == "y", "{text:?}");
    }
    let unclear = read("a,b\n20,10,30\n21,11,31\n");
    assert!(unclear.skipped.short_header, "two readings: neither is taken without a word");
}

#[test]
fn sums_and_notes_below_a_table_are_no_rows() {
    let table = read("shop,sold,left\nA,1,5\nB,2,6\nC,3,7\nTotal,6,18\nAverage:,2,6\n\nSource: Office, 2021\n");
    assert_eq!((table.len(), table.skipped.totals, table.skipped.notes), (3, 2, 1));
    assert_eq!(numbers(&table, 1), [1.0, 2.0, 3.0]);
    let chinese = read("店;数\n甲;1\n乙;2\n合计;3\n来源：统计局\n");
    assert_eq!((chinese.len(), chinese.skipped.totals, chinese.skipped.notes), (2, 1, 1));
    let words = read("kind,n\nmean,1\nsum,2\nmean,3\nsum,4\n");
    assert_eq!((words.len(), words.skipped.totals), (4, 0), "a column of such words holds values");
    let holes = read("day,a,b\n2021-01-01,1,2\n2021-01-02,1,2\n2021-01-03,,\n");
    assert_eq!((holes.len(), holes.skipped.notes), (3, 0), "a day without values is a row");
}

#[test]
fn units_under_a_header_and_words_at_the_end_are_no_rows() {
    let table = read("name,height,weight\n-,cm,kg\nAnn,170,60\nBob,181,82\n");
    assert_eq!((table.len(), table.skipped.units, table.skipped.closing), (2, 1, 0));
    assert_eq!((numbers(&table, 1), numbers(&table, 2)), (vec![170.0, 181.0], vec![60.0, 82.0]));
    assert_eq!(table.columns[1].kind, CellKind::Number, "not categories");
    assert_eq!((table.columns[0].missing, table.line(0)), (0, 3));
    let dated = read("day,level\nYYYY-MM-DD,m\n2021-01-10,2.5\n2021-01-11,2.7\n");
    assert_eq!((dated.len(), dated.skipped.units, dated.columns[0].dates.is_some()), (2, 1, true));
    let lone = read("length\nm\n1\n2\n");
    assert_eq!((numbers(&lone, 0), lone.skipped.units), (vec![1.0, 2.0], 1));
    let closed = read("name,height,weight\nAnn,170,60\nBob,181,82\nname,height,weight\n");
    assert_eq!((closed.len(), closed.skipped.units, closed.skipped.closing), (2, 0, 1));
    // One word beside a name is a mistake of that row; where words stand among the rows too, they are values.
    for kept in [
        "name,height\nAnn,unknown\nBob,181\nCy,170\n",
        "name,height,weight\nAnn,unknown,unknown\nBob,181,82\nCy,170,60\n",
        "a,b\nlow,high\n1,2\nlow,high\n3,4\n",
    ] {
        let table = read(kept);
        assert_eq!((table.skipped.units, table.skipped.closing), (0, 0), "{kept:?}");
    }
}

#[test]
fn markdown_is_a_table_and_json_is_told_to_be_none() {
    let plain = read("| a | b |\n|---|:-:|\n| 1 | x |\n| 2 | y |\n");
    assert_eq!((names(&plain), plain.len(), numbers(&plain, 0)), (vec!["a", "b"], 2, vec![1.0, 2.0]));
    let bare = read("a|b\n---|---\n1|x\n2|y\n");
    assert_eq!((names(&bare), bare.len()), (vec!["a", "b"], 2));
    let missing = read("a|b\n1|x\n-|-\n2|y\n");
    assert_eq!(missing.len(), 3, "dashes among the rows are missing cells");
    for json in ["[{\"a\":1,\"b\":2},{\"a\":3,\"b\":4}]", "{\"a\": [1, 2],\n\"b\": [3, 4]}", "[[1,2],[3,4]]\n"] {
        assert_eq!(CsvTable::parse(json, None).unwrap_err()[0].code, Code::CsvJson, "{json}");
    }
}

#[test]
fn headers_of_numbers_and_dates_are_found() {
    let table = read("0,1,2,target\n5.1,3.5,1.4,setosa\n4.9,3.0,1.4,virginica\n");
    assert_eq!((names(&table), table.len()), (vec!["0", "1", "2", "target"], 2));
    let pandas = read(",0,1,2\n0,5.1,3.5,1.4\n1,4.9,3.0,1.4\n");
    assert_eq!((names(&pandas), pandas.len()), (vec!["column 1", "0", "1", "2"], 2));
    let months = read("country,Jan 2020,Feb 2020\nFrance,1,2\nSpain,3,4\n");
    assert_eq!((names(&months), months.len()), (vec!["country", "Jan 2020", "Feb 2020"], 2));
    for bare in
        ["1,2,x\n3,4,y\n5,6,x\n", "0,1,2,a\n1,2,3,b\n2,3,4,a\n", "2021-01-01,a,2021-01-05\n2021-01-02,b,2021-01-06\n"]
    {
        assert!(!read(bare).header, "{bare:?}");
    }
}

#[test]
fn cells_of_two_kinds_are_made_one_or_said() {
    let shares = read("rate,n\n0.10,1\n11%,2\n0.5,3\n20 %,4\n");
    assert_eq!((numbers(&shares, 0), shares.columns[0].percent), (vec![0.1, 0.11, 0.5, 0.2], false));
    assert_eq!(shares.columns[0].notes, [Note::PercentDivided]);
    let mixed = read("rate,n\n10,1\n11%,2\n12,3\n");
    assert_eq!(
        (numbers(&mixed, 0), mixed.columns[0].notes.as_slice()),
        (vec![10.0, 11.0, 12.0], &[Note::PercentMixed][..])
    );
    let zero = read("rate,n\n0,1\n11%,2\n12%,3\n");
    assert_eq!((numbers(&zero, 0), zero.columns[0].notes.len()), (vec![0.0, 11.0, 12.0], 0));
    let money = read("price,n\n$5,1\n€6,2\nUS$7,3\n");
    assert_eq!(money.columns[0].notes, [Note::Currencies("$, €".into())]);
    assert!(read("price,n\n$5,1\n6 USD,2\n").columns[0].notes.is_empty());
    let list = read("item,n\n(1),1\n(2),2\n(3),3\n");
    assert_eq!((numbers(&list, 0), list.columns[0].notes.as_slice()), (vec![1.0, 2.0, 3.0], &[Note::Brackets][..]));
    assert_eq!(numbers(&read("gain,n\n(1),1\n2,2\n"), 0), [-1.0, 2.0], "accountants' losses");
}

#[test]
fn numbers_with_something_around_them_are_said_to_be_words() {
    for cells in [["<0.5", "3", "4"], ["1.5 kg", "2 kg", "3 kg"], ["200K", "1.5M", "3"], ["08:30", "09:10", "10:45"]] {
        let table = read(&format!("conc,y\n{},1\n{},2\n{},3\n", cells[0], cells[1], cells[2]));
        assert_eq!(table.columns[0].notes, [Note::Almost(cells[0].into())], "{cells:?}");
        assert_eq!(table.columns[0].kind, CellKind::Words);
    }
    let words = read("kind,y\nred,1\nA12,2\nno. 5,3\n");
    assert!(words.columns[0].notes.is_empty(), "words with numbers in them");
}

#[test]
fn what_could_be_read_either_way_is_said() {
    let point = read("a;b\n1.530;x\n2.345;y\n");
    assert_eq!(point.columns[0].notes, [Note::ReadAs("1.530".into(), 1.53)]);
    let thousands = read("a;b\n1.530;0,5\n2.345;0,25\n");
    assert_eq!(thousands.columns[0].notes, [Note::ReadAs("1.530".into(), 1530.0)]);
    assert!(read("a,b\n1.530,x\n2.345,y\n").columns[0].notes.is_empty(), "nobody doubts it between commas");
    let months: String = (1..=12).map(|m| format!("{m}/1/2020,{m}\n")).collect();
    let monthly = read(&("day,n\n".to_string() + &months));
    assert_eq!(
        (monthly.columns[0].dates, monthly.columns[0].notes.as_slice()),
        (Some(DateOrder::MonthFirst), &[Note::MonthFirst][..])
    );
    let unclear = read("day,n\n3/5/2021,1\n7/6/2021,2\n9/1/2021,3\n");
    assert_eq!(
        (unclear.columns[0].dates, unclear.columns[0].notes.as_slice()),
        (Some(DateOrder::DayFirst), &[Note::DayFirst][..])
    );
    assert!(read("day,n\n3/15/2021,1\n7/6/2021,2\n").columns[0].notes.is_empty());
    assert!(read("day,n\n5/5/2021,1\n6/6/2021,2\n").columns[0].notes.is_empty(), "both ways are the same");
}

#[test]
fn a_class_written_in_several_ways_is_one() {
    let spec = |cells: [&str; 4], task| {
        let text =
            "n,kind\n".to_string() + &(0..40).map(|i| format!("{},{}\n", i * 7 % 11, cells[i % 4])).collect::<String>();
        CsvSpec { text, task, ..CsvSpec::default() }.select().expect("rows")
    };
    let words = spec(["no", "Yes", "yes", "YES"], None);
    assert_eq!(
        (words.class_names.as_slice(), &words.y[..4]),
        (&["Yes".to_string(), "no".into()][..], &[1.0, 0.0, 0.0, 0.0][..])
    );
    assert_eq!(words.merged, ["Yes = yes = YES"]);
    let numbers = spec(["1.0", "0", "1", "0.0"], Some(CsvTask::Classification));
    assert_eq!(
        (numbers.class_names.as_slice(), &numbers.y[..4]),
        (&["0".to_string(), "1.0".into()][..], &[1.0, 0.0, 1.0, 0.0][..])
    );
    let text = "way,y\n".to_string()
        + &(0..40).map(|i| format!("{},{}.5\n", ["up", "Up", "down"][i % 3], i)).collect::<String>();
    let inputs = CsvSpec { text, ..CsvSpec::default() }.select().expect("rows");
    assert_eq!(
        (inputs.feature_names, inputs.merged),
        (vec!["way=down".to_string(), "way=up".into()], vec!["up = Up".to_string()])
    );
}
