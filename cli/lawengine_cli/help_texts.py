"""What the help says, in Chinese; the key is what it says in English, on one line."""

from __future__ import annotations

from collections.abc import Mapping

CHINESE: Mapping[str, str] = {
    # --- the program ---
    "Rules as code for Chinese e-commerce credit law: decides cases and gives its reasons.":
        "中国电子商务信用法律的规则代码：对案件作出认定，并说明理由。",
    "Exit codes: 0 done, 1 could not run, 2 usage, 3 errors in rules or case, 4 undetermined, "
    "5 casebook mismatch, 6 conflict of rules, 7 refused by a rule, 8 tampering found.":
        "退出码：0 完成，1 无法运行，2 用法错误，3 规则或者案件有错误，4 尚不能确定，"
        "5 与案例集不符，6 规则冲突，7 被规则拒绝，8 发现篡改。",
    "Language of results and messages.": "结果和提示的语言。",
    "Install completion for the current shell.": "为当前 shell 安装命令补全。",
    "Show completion for the current shell, to copy it or customize the installation.":
        "显示当前 shell 的命令补全脚本，供复制或者自行安装。",
    "Show this message and exit.": "显示本帮助。",
    # --- what several commands take ---
    "A case file (YAML).": "案件文件（YAML）。",
    "A file of reforms: proposals, applied to a copy of the rules; repeatable.":
        "修正草案文件：只在规则的副本上适用；可重复。",
    "A folder of own rules beside the shipped ones; repeatable.":
        "自有规则的文件夹，与自带规则一并适用；可重复。",
    "A folder of own statute digests beside the shipped ones; repeatable.":
        "自有法条摘要的文件夹，与自带摘要一并使用；可重复。",
    "A hypothesis, never a decision: as if the act had ended on that day.":
        "仅为假设，不是认定：视同行为于该日终了。",
    "Also write a report: pages in both languages, plots, workbooks, files of figures.":
        "另写一份报告：中英文网页、图、工作簿、数据文件。",
    "Apply the rules of your folders alone; the shipped digests of the law stay.":
        "只适用自有文件夹的规则；自带的法条摘要仍可引用。",
    "Carry a column over into the result; repeatable.": "把某列带入结果；可重复。",
    "Give the reasons in full.": "完整说明理由。",
    "How the result is written.": "结果的格式。",
    "Language of results and messages; by default the locale's.":
        "结果和提示的语言；默认随系统区域设置。",
    "Show everything, however long; JSON always is whole.":
        "无论多长，全部显示；JSON 始终完整。",
    "What each row counts for, beside rows.": "除行数外，每行另计的权重所在的列。",
    "Where imported official texts are kept; by default your data folder.":
        "已导入的官方文本所在之处；默认为用户数据文件夹。",
    "Where the official texts are to be kept; by default your data folder.":
        "官方文本存放之处；默认为用户数据文件夹。",
    "With --report: the assumptions that synthetic cases were drawn from.":
        "与 --report 并用：生成模拟案件所依据的假设文件。",
    "Write to this file, whole or not at all.": "写入该文件：要么完整，要么不写。",
    # --- decide, explain ---
    "Decide a case, with its reasons.": "认定案件，并说明理由。",
    "Decide a case: what follows for every party and act, under which law, and why.":
        "认定案件：每一当事人、每一行为依何时之法得出何种结果，以及理由。",
    "CASE is a table (Parquet or CSV): decide this row.":
        "CASE 为表格（Parquet 或者 CSV）时：认定该行。",
    "With `--row`: a column that is no fact.": "与 `--row` 并用：不是事实的列。",
    "What each version of the law would have allowed, beside the true answer.":
        "在真实结果之外，列出各版本法律本可得出的结果。",
    "Tell what became of each rule, and why.": "说明每条规则的结果及理由。",
    "Tell what became of every rule for every act; with `--why`, the whole argument. "
    "With `--why-not`, `--needs` or `--what-if`, those questions are answered instead.":
        "说明每一行为之下每条规则的结果；用 `--why` 给出完整论证。\n\n"
        "用 `--why-not`、`--needs` 或者 `--what-if` 时，改为回答这些问题。",
    "The reasons of a rule, or of all of them where none is named; repeatable.":
        "某条规则的理由；不写规则名则为全部规则；可重复。",
    "Why a rule is not established; repeatable.": "某条规则为何不成立；可重复。",
    "The fewest facts that would settle the outcome.": "最少还需查明哪些事实，结果即可确定。",
    "The nearest changes that give an outcome: no-violation, no-penalty, lower-maximum, "
    "fine-at-most:AMOUNT, established:RULE or not-established:RULE; repeatable.":
        "得到某种结果所需的最小变化：no-violation（不构成违法）、no-penalty（不予处罚）、"
        "lower-maximum（罚款上限降低）、fine-at-most:金额（罚款不超过该金额）、"
        "established:规则（规则成立）或者 not-established:规则（规则不成立）；可重复。",
    # --- timeline, grade, list, screen ---
    "Tell what is due when, what is late, and why.": "列明何事何时到期、何事逾期及理由。",
    "Tell what is due when, what is late and what was done: exit code 4 if any of it is open.":
        "列明何事何时到期、何事逾期、何事已办；有未能确定的，退出码为 4。",
    "How it is written; `ics` is an iCalendar file.": "格式；`ics` 为 iCalendar 日历文件。",
    "Tell grades and scores, with their arithmetic.": "给出等级和分值，并列出算式。",
    "The grades and scores of a case; `lawengine grade CASE` is short for `grade case CASE`.":
        "案件的等级和分值；`lawengine grade CASE` 即 `grade case CASE`。",
    "Grade the parties of a case.": "评定案件当事人的等级。",
    "Tell the grades, what is missing and what would lift them: exit code 4 if one is open.":
        "给出等级、尚缺的事实以及可以提高等级的事项；有未能确定的，退出码为 4。",
    "Work out weights of indicators from data.": "由数据计算指标权重。",
    "Work out weights by the first principal component, as dated figures for a rule file.":
        "以第一主成分计算权重，写成规则文件中注明日期的参数。",
    "A CSV file; its first line names the columns.": "CSV 文件；首行为列名。",
    "The indicators, by comma.": "各项指标，以逗号分隔。",
    "First day on which the weights count.": "权重开始适用之日。",
    "An indicator of which less is better; repeat.": "数值越小越好的指标；可重复。",
    "What each name of a weight begins with.": "权重名称的前缀。",
    "Places of each weight in percent.": "权重百分数的小数位数。",
    "Tell on which lists a party stands on a day.": "查明当事人某日列于哪些名单。",
    "Tell on which lists each party stands on a day: exit code 4 if any of it is open.":
        "查明每一当事人某日列于哪些名单；有未能确定的，退出码为 4。",
    "Only this party of the case.": "只查案件中的该当事人。",
    "The day that is asked about, such as 2024-05-01; by default that of the decision.":
        "所查之日，例如 2024-05-01；默认为决定之日。",
    "How it is written; `csv` has a row for each joint measure.":
        "格式；`csv` 中每项联合惩戒措施一行。",
    # --- measures ---
    "Tell what departments may do to a listed party.": "说明各部门可以对列入者采取哪些惩戒措施。",
    "Tell, without any case, what the law of a day lets each department do to a party that is "
    "listed or penalised: by department, with the list, the law and since when.":
        "不需案件：按部门列出某日的规定准许对列入名单者或者受罚者采取的措施，"
        "并注明名单、依据和起始日。",
    "The day whose law is told, such as 2024-05-01; by default today.":
        "以何日的规定为准，例如 2024-05-01；默认今日。",
    "Only what this department may do, and what every department may; a name or a label.":
        "只列该部门和各部门均可采取的措施；可写标识或者名称。",
    "Only what goes with this list; a name or a label.":
        "只列与该名单有关的措施；可写标识或者名称。",
    "How it is written; `csv` has a row for each measure of each list.":
        "格式；`csv` 中每一名单的每项措施一行。",
    "Look through a table of orders for suspect shops.": "在订单表中查找可疑店铺。",
    "Tell which shops of a table of orders call for a closer look: exit code 4 if any is open. "
    "With `--reform` it is told, too, whom other thresholds would watch.":
        "指出订单表中哪些店铺需要进一步核查；有未能确定的，退出码为 4。\n\n"
        "与 `--reform` 同用时，另指明改用其他阈值将关注哪些店铺。",
    "Count shops by this column, one text a shop.": "按该列统计店铺数；每家店铺一个值。",
    "A table of orders: CSV or Parquet.": "订单表：CSV 或者 Parquet。",
    "The column that names the shop.": "店铺所在的列。",
    "The day of the look, whose law applies: today.": "核查之日，适用该日的法律；默认今日。",
    "The watch, where there are several.": "有多项监测规则时，指明哪一项。",
    "The unit of amounts where the table does not say it.": "表格未注明时金额的单位。",
    "Nothing is known of this fact; repeatable.": "该项事实一概未知；可重复。",
    'Leave a column out; "*": all unknown ones.': "略去某列；“*”表示所有不认识的列。",
    "One shop, by the ordinary decision.": "只看一家店铺，按一般认定的方式显示。",
    # --- ask, new, check, schema, fmt, test ---
    "Ask for the facts of a case, and write them.": "逐项询问案件事实，并写入文件。",
    "Ask for the facts of a case, only those that can still change the outcome, and write them. "
    "The file is written after every answer, so that an interview can be stopped and gone on with.":
        "询问案件事实：只问仍可能改变结果的，并写入文件。\n\n"
        "每答一题即写入文件，可随时中断，之后继续。",
    "The case file: a new one, or one to go on with (YAML).":
        "案件文件（YAML）：新建，或者继续已有的。",
    "Leave presumptions as they stand: ask for no grounds.": "保留推定，不询问从轻、免责等理由。",
    "How a new file calls the party.": "新建文件时当事人的名称。",
    "How a new file calls the act.": "新建文件时行为的名称。",
    "Make a starter folder for own rules.": "新建自有规则的起步文件夹。",
    "Make a starter folder: own rules, facts, a digest and a first case, all of which run. "
    "What it holds is written in the language of results. A folder that is not empty is left "
    "alone.":
        "新建起步文件夹：自有规则、事实、法条摘要和第一个案件，均可直接运行。\n\n"
        "其中内容以结果的语言书写。非空文件夹不作改动。",
    "The folder to make: a new one, or an empty one.": "要新建的文件夹：不存在的，或者空的。",
    "Check rules for mistakes, gaps and clashes.": "检查规则的错误、空缺和冲突。",
    "Read the rules and run every check; exit code 3 if anything is an error.":
        "读取规则并逐项检查；有错误的，退出码为 3。",
    "Folders of own rules; by default the shipped ones.": "自有规则的文件夹；默认为自带规则。",
    "Write the JSON Schema of case files.": "写出案件文件的 JSON Schema。",
    "Write the JSON Schema of case files, with every fact that the rules know. An editor "
    "completes and checks a case whose first line is `# yaml-language-server: $schema=FILE`. It "
    "offers the keys of the language of results; those of the other one are valid as well.":
        "写出案件文件的 JSON Schema，包含规则所认识的全部事实。\n\n"
        "案件文件首行写 `# yaml-language-server: $schema=FILE`，编辑器即可补全和校验。"
        "提示的键为结果的语言；另一语言的键同样有效。",
    "Format or translate rule files.": "整理或者翻译规则文件的书写。",
    "Rewrite rule files in the canonical layout; a file with reading errors is left alone.":
        "按规范格式重写规则文件；无法读取的文件不作改动。",
    "Rule files or folders.": "规则文件或者文件夹。",
    "Translate the keywords and names as well.": "同时翻译关键词和名称。",
    "Write nothing; exit code 3 if a file would change.": "不写入；有文件需要改动的，退出码为 3。",
    "Write nothing; print what would change.": "不写入；显示将有的改动。",
    "Run the scenarios of rules.": "运行规则的情景测试。",
    "Run the scenarios of the rules; exit code 3 if one fails. With `--reform`, those that stand "
    "in the reforms, under them; with folders named, theirs too.":
        "运行规则的情景测试；有未通过的，退出码为 3。\n\n"
        "用 `--reform` 时，运行修正草案中的情景，适用该方案；写明文件夹的，一并运行其中的情景。",
    "Tell also what has no scenario: rules, exceptions, versions, tiers; and which articles on "
    "liability no rule cites.":
        "另列出没有情景的规则、例外、版本、档次，以及没有规则引用的法律责任条文。",
    # --- simulate, sweep, deterrence, compare ---
    "Decide a table of cases at once.": "一次认定整张案件表。",
    "Decide a table of cases at once, and tell what they come to. Columns go by the names of "
    "facts in either language (`act.kind`, `行为.种类`); amounts are whole fen, or decimals under "
    "a name that ends in `_yuan`; an empty cell is a fact that is not known. Any row can be "
    "decided again with its reasons: `lawengine decide CASES --row N`. With `--reform` the law "
    "and the reform are set side by side; `--by` tells it by groups.":
        "一次认定整张案件表，并汇总结果。\n\n"
        "列名为事实的中文或者英文名称（`act.kind`、`行为.种类`）；金额为整数分，"
        "列名以 `_yuan` 结尾的为元（可有小数）；空单元格表示事实未知。"
        "任何一行均可重新认定并说明理由：`lawengine decide CASES --row N`。"
        "用 `--reform` 时，现行法与修正草案并列；`--by` 按组汇总。",
    "A table of cases, one act a row: Parquet, CSV, FILE.sqlite::TABLE, FILE.duckdb::TABLE; or a "
    "folder of case files.":
        "案件表，每行一个行为：Parquet、CSV、FILE.sqlite::TABLE、FILE.duckdb::TABLE；或者案件文件的文件夹。",
    "Write what follows in every row (Parquet or CSV), whole or not at all; until then its parts "
    "are in FILE.parts.":
        "把每行的结果写入文件（Parquet 或者 CSV）：要么完整，要么不写；"
        "写完之前分段存于 FILE.parts。",
    "Each file of reforms by itself, not all as one proposal.":
        "每个草案文件各自成为一个方案，不合并。",
    "A hypothesis: the law of that day, dates of each case moved; repeatable.":
        "仅为假设：适用该日的法律，各案日期随之移动；可重复。",
    "Tell it by the values of a column or fact; repeatable.":
        "按某列或者某项事实的取值分组；可重复。",
    "Set the sanction against the illegal gain.": "把处罚与违法所得对照。",
    "The law of the first day of each version of a rule.": "某条规则各版本施行首日的法律。",
    "With --deterrence: a case file whose versions are told first; repeatable.":
        "与 --deterrence 并用：先列出该案件文件在各版本下的结果；可重复。",
    "Bounds by so many draws of the cases.": "以该次数的重复抽样给出区间。",
    "With --bootstrap: what is drawn as a whole.":
        "与 --bootstrap 并用：作为整体抽取的单位所在的列。",
    "With --bootstrap: the same seed, the same bounds.":
        "与 --bootstrap 并用：种子相同，区间相同。",
    "An assumption, off by default: violations change by E % where sanctions rise by 1 %.":
        "假设，默认关闭：处罚提高 1%，违法数量变化 E%。",
    "Set published aggregates beside, with their bounds.": "并列已公布的统计数据及其区间。",
    "How many processes share the rows.": "由几个进程分担各行。",
    "Go on with a run that was interrupted, from OUT.parts.": "从 OUT.parts 继续中断的运行。",
    "Decide a table on a cluster, by Apache Spark.": "以 Apache Spark 在集群上认定案件表。",
    "Decide a table of cases on Apache Spark, with the answers of `simulate` to the fen. Columns "
    "are named as for `simulate`. Needs the extra `spark` and Java 17 or newer; docs/spark.md "
    "tells how to run on a cluster.":
        "以 Apache Spark 认定案件表，结果与 `simulate` 分毫不差。\n\n"
        "列名同 `simulate`。需要附加组件 `spark` 和 Java 17 以上；在集群上运行见 docs/spark.md。",
    "A Parquet file of cases, one act a row, or a folder of them, by a path or an address that "
    "Spark knows.":
        "案件的 Parquet 文件（每行一个行为）或者其文件夹，写路径或者 Spark 认识的地址。",
    "The cluster; by default what `spark-submit` says, else all cores of this machine.":
        "集群；默认依 `spark-submit`，否则为本机全部内核。",
    "Write what follows in every row into a new folder of Parquet files, whole or not at all.":
        "把每行的结果写入新文件夹的 Parquet 文件：要么完整，要么不写。",
    "Move a figure of the law over a range, over a table of cases.":
        "使法律中的某个数值在一定范围内变动，看案件表的结果。",
    "Move one or two figures of the law over a range and tell what a table of cases comes to. "
    "`--figure limitation_term=1..5:5` moves a parameter, `--figure "
    "RULE@2026-01-01/serious.fine.high=1_000_000..5_000_000:5` an end of a fine, in yuan.":
        "使法律中的一个或者两个数值在一定范围内变动，汇总案件表的结果。\n\n"
        "`--figure limitation_term=1..5:5` 变动一个参数，"
        "`--figure RULE@2026-01-01/serious.fine.high=1_000_000..5_000_000:5` "
        "变动罚款的一端，单位为元。",
    "A parameter, or RULE@DAY/TIER.fine.low or .high; twice for two figures.":
        "参数名，或者“规则@日期/档次.fine.low”“.fine.high”；两个数值则写两次。",
    "Set the sanction against the gain, version by version.": "逐版本对照处罚与所得。",
    "Set what a violation costs if caught against what it brings, under each version of the law. "
    "For a table of cases: `lawengine simulate CASES --deterrence`.":
        "在法律的每一版本下，对照违法被查处的代价与违法所得。\n\n"
        "案件表用 `lawengine simulate CASES --deterrence`。",
    "A case file (YAML); the Henan brushing case of 2016.":
        "案件文件（YAML）；默认为 2016 年河南刷单案。",
    "Set the law beside what a reform would make of it.": "对照现行法与修正草案。",
    "Set the law beside what reforms would make of it, words struck and added marked.":
        "对照现行法与修正草案，标明删去和增加的文字。",
    # --- statutes, casebook ---
    "Digests of the law and official texts.": "法条摘要与官方文本。",
    "The digests of the law, and their proof against official texts.":
        "法条摘要，及其与官方文本的核对。",
    "List the versions of the law.": "列出法律的各版本。",
    "List the versions of every instrument: in force from and to, verified or not.":
        "列出每部法律文件的各版本：施行起止、是否核对。",
    "Show what an article says.": "显示条文内容。",
    "Show what an article says, in our words, and in the official ones where imported.":
        "显示条文的摘要；已导入官方文本的，一并显示原文。",
    "An article, such as AUCL-2019 art 20.": "条文，例如 AUCL-2019 art 20。",
    "Compare with official texts.": "与官方文本核对。",
    "Compare the digests with official texts: exit code 8 if one differs, 4 if any has no text.":
        "把法条摘要与官方文本核对；有不符的退出码为 8，缺少文本的为 4。",
    "A folder of official texts.": "官方文本的文件夹。",
    "Only this version, such as AUCL-2019; repeatable.": "只看该版本，例如 AUCL-2019；可重复。",
    "Keep official wording.": "留存官方文本。",
    "Keep the official wording that matches its fingerprint, so that it can be shown.":
        "留存与指纹相符的官方文本，以便显示。",
    "Name the articles that changed.": "列出有变化的条文。",
    "Name the articles whose wording changed, with the rules that rest on them.":
        "列出文字有变化的条文，以及以其为依据的规则。",
    "Write fingerprints into digests.": "把指纹写入法条摘要。",
    "Write the fingerprints of official texts into digest files (for those who keep them).":
        "把官方文本的指纹写入摘要文件（供维护摘要的人使用）。",
    "The folder of digest files.": "摘要文件的文件夹。",
    "Real cases, decided and compared.": "真实案件：认定并比较。",
    "Real cases: decided, beside what was decided.": "真实案件：认定结果与实际处理结果对照。",
    "Compare with what was decided.": "与实际处理结果比较。",
    "Decide every case and compare it with what was decided; exit code 5 on a mismatch. With "
    "`--reform`, say instead which answers the reform changes, and the sums before and after.":
        "认定每个案件，并与实际处理结果比较；不符的，退出码为 5。\n\n"
        "用 `--reform` 时，改为列出方案改变了哪些结果，以及前后的合计。",
    "A folder of case files; by default the shipped one.": "案件文件的文件夹；默认为自带案例集。",
    "Only a table, as wide as the terminal, with why they differ.":
        "只显示与终端同宽的表格，并说明不同的原因。",
    "Check case files.": "校验案件文件。",
    "Check case files against the vocabulary of the rules, without deciding them.":
        "按规则的词汇表校验案件文件，不作认定。",
    "Case files.": "案件文件。",
    # --- calendar, population, version ---
    "Working days and deadlines.": "工作日与期限。",
    "Working days and deadlines, by the published holiday calendars.":
        "按公布的节假日安排计算工作日与期限。",
    "List the published years.": "列出已公布安排的年份。",
    "List the years with a published calendar, and what each rests on.":
        "列出已公布节假日安排的年份及其依据。",
    "Show the days off of a year.": "显示某年的放假安排。",
    "Show the days off and the make-up workdays of a year: exit code 4 if none is published.":
        "显示某年的放假和调休上班；尚未公布的，退出码为 4。",
    "Such as 2026.": "例如 2026。",
    "Count a period: its last day, and why.": "计算期间：最后一日及理由。",
    "Count a period from a day, with every step: exit code 4 if a calendar is missing.":
        "自某日起计算期间，列出每一步；缺少节假日安排的，退出码为 4。",
    "The day of the event, such as 2025-09-28.": "事由发生之日，例如 2025-09-28。",
    "5 days, 5 working days, 2 months, 1 year, 15日.":
        "5 days、5 working days、2 months、1 year、15日、5个工作日。",
    "The law whose periods are counted; by default the penalty law of the day.":
        "依哪部法律计算期间；默认为当日的行政处罚法。",
    "Count back: the day that lies PERIOD before DAY.": "倒计：DAY 之前 PERIOD 的那一日。",
    "Only notices issued by this day.": "只用该日以前发布的通知。",
    "Compare with texts of the notices.": "与通知文本核对。",
    "Compare the calendars with texts of the notices: exit code 8 if one differs, 4 if any lacks. "
    "What is compared are the lines of a notice that arrange days, by their fingerprint.":
        "把节假日安排与通知文本核对；有不符的退出码为 8，缺少文本的为 4。\n\n"
        "核对的是通知中安排日期的各行，以指纹比较。",
    "A folder of texts of notices.": "通知文本的文件夹。",
    "Synthetic cases for simulations.": "供模拟使用的虚拟案件。",
    "Synthetic cases from written assumptions, and weights that fit margins.":
        "依书面假设生成虚拟案件，并按边际分布加权。",
    "Draw synthetic cases.": "生成虚拟案件。",
    "Draw synthetic cases from written assumptions into a table. `lawengine simulate FILE --keep "
    "group` decides them. Which figures were published and which are assumed tells `lawengine "
    "population describe`. Where parties are shops, `--orders` draws their orders too, for "
    "`lawengine screen FILE --by shop --tally group`.":
        "依书面假设生成虚拟案件表。\n\n"
        "用 `lawengine simulate FILE --keep group` 认定。哪些数字已公布、哪些为假设，"
        "见 `lawengine population describe`。当事人为店铺的，`--orders` 一并生成其订单，"
        "供 `lawengine screen FILE --by shop --tally group` 核查。",
    "The orders of the shops too: Parquet or CSV.": "一并写入店铺的订单：Parquet 或者 CSV。",
    "Parquet or CSV, by its name.": "Parquet 或者 CSV，依文件名而定。",
    "A file of assumptions (TOML); the shipped one.": "假设文件（TOML）；默认为自带文件。",
    "How many rows.": "行数。",
    "The same seed gives the same rows.": "种子相同，各行相同。",
    "Tell what assumptions rest on, or what a table holds.": "说明假设的依据，或者表格的内容。",
    "Tell what assumptions rest on, or what a table of cases holds.":
        "说明假设的依据，或者案件表的内容。",
    "Assumptions (TOML), or a table of cases.": "假设文件（TOML），或者案件表。",
    "A column that is no fact; repeatable.": "不是事实的列；可重复。",
    "Fit weights to the shares of margins.": "按边际比例拟合权重。",
    "Write a table of cases with weights that give it the shares of some margins.":
        "写出加权的案件表，使其符合给定的边际比例。",
    "A table of cases (Parquet or CSV).": "案件表（Parquet 或者 CSV）。",
    "The shares that are wanted (TOML).": "所要的比例（TOML）。",
    "Print the version.": "显示版本。",
    "Print the version of the program and of the Python it runs on.":
        "显示程序和所用 Python 的版本。",
}  # fmt: skip
"""Every text of the help."""
