using System.Globalization;
using Pipeline.Domain;
using Pipeline.Domain.Imports;

namespace Pipeline.Api.Tests.Imports;

/// <summary>R50 against the file: whatever mix of habits a register is written in, each row is taken, or refused for what it is, or said to be left out, and each value is read or doubted.</summary>
public sealed class AnyRegisterTests
{
    /// <summary>A project as the office knows it, before anybody writes it down.</summary>
    private sealed record Fact(
        string Name,
        string Investor,
        string Place,
        string Owner,
        string Stage,
        string Said,
        DateOnly Signed,
        decimal Yi,
        string Currency
    );

    /// <summary>A register as it is written, and what must be read of it.</summary>
    private sealed record Written(
        object?[][] Rows,
        string[] Merges,
        List<(int Row, Fact Fact)> Projects,
        List<(int Row, string Code)> Others,
        string Description
    );

    private static readonly (string Written, string Owner)[] Places =
    [
        ("嘉善县", "jiashan"),
        ("平湖市", "pinghu"),
        ("海宁市", "haining"),
        ("桐乡市", "tongxiang"),
        ("南湖区", "nanhu"),
    ];
    private static readonly (string Written, string Stage)[] Stages =
    [
        ("在谈", "in-talks"),
        ("签约", "signed"),
        ("注册", "registered"),
        ("开工", "started"),
        ("已投产", "in-production"),
    ];
    private static readonly string[] Goods =
    [
        "轴承",
        "齿轮",
        "阀门",
        "水泵",
        "风机",
        "薄膜",
        "电池",
        "芯片",
        "注塑机",
        "说明书印刷",
        "一次性用品",
        "小型电机",
    ];
    private static readonly string[] Notes =
    [
        "注：总投资含土地款",
        "填表人：张某  审核人：李某",
        "（盖章）",
        "2026年10月28日",
        "第1页 共2页",
        "——以下空白——",
        "数据来源：市发改委",
    ];

    private static Written Make(Random random)
    {
        var rows = new List<object?[]>();
        var merges = new List<string>();
        var projects = new List<(int, Fact)>();
        var others = new List<(int, string)>();
        var number = 0;
        var tables = random.Next(1, 3);
        for (var table = 0; table < tables; table++)
        {
            var foreign = random.Next(3) == 0;
            var split = random.Next(3) == 0;
            var (unit, scale) = random.Next(3) switch
            {
                0 => ("亿元", 1m),
                1 => ("万元", 10_000m),
                _ => ("百万元", 100m),
            };
            var columns = new List<string> { "name", "investor", "place", "stage", "signed", "amount" };
            if (foreign)
                columns.Add("foreign");
            for (var at = columns.Count - 1; at > 0; at--)
            {
                var other = random.Next(at + 1);
                (columns[at], columns[other]) = (columns[other], columns[at]);
            }
            columns.Insert(0, "number");
            string Header(string column) =>
                column switch
                {
                    "number" => "序号",
                    "name" => "项目名称",
                    "investor" => "投资方",
                    "place" => "落户地",
                    "stage" => "阶段",
                    "signed" => "签约时间",
                    "amount" => $"总投资({unit})",
                    _ => "总投资(万美元)",
                };
            if (table == 0 && random.Next(2) == 0)
                rows.Add(["2026年重点项目台账"]);
            // A header of two rows over columns that stand side by side.
            var first = columns.IndexOf("stage");
            if (split && first + 1 < columns.Count && first > 0)
            {
                var upper = columns
                    .Select(
                        (column, at) =>
                            at == first ? "进展"
                            : at == first + 1 ? null
                            : Header(column)
                    )
                    .ToArray<object?>();
                var lower = columns
                    .Select((column, at) => at == first || at == first + 1 ? Header(column) : null)
                    .ToArray<object?>();
                rows.Add(upper);
                if (table > 0)
                    others.Add((rows.Count, "header-row"));
                rows.Add(lower);
                if (table > 0)
                    others.Add((rows.Count, "header-row"));
                merges.Add($"{Letter(first)}{rows.Count - 1}:{Letter(first + 1)}{rows.Count - 1}");
                for (var at = 0; at < columns.Count; at++)
                {
                    if (at != first && at != first + 1)
                        merges.Add($"{Letter(at)}{rows.Count - 1}:{Letter(at)}{rows.Count}");
                }
            }
            else
            {
                rows.Add([.. columns.Select(Header)]);
                if (table > 0)
                    others.Add((rows.Count, "header-row"));
            }

            object?[] Row(Func<string, object?> cell) => [.. columns.Select(cell)];
            var sections = random.Next(1, 4);
            var total = 0m;
            var one = true;
            for (var section = 0; section < sections; section++)
            {
                var count = random.Next(2, 5);
                var facts = Enumerable.Range(0, count).Select(_ => Project(random, foreign, number++)).ToList();
                var sum = facts.Where(fact => fact.Currency == "CNY").Sum(fact => fact.Yi);
                one &= facts.All(fact => fact.Currency == "CNY");
                total += sum;
                if (sections > 1 || random.Next(2) == 0)
                {
                    var withSum = random.Next(2) == 0;
                    rows.Add(
                        Row(column =>
                            column == "number" ? $"{"一二三四"[section]}"
                            : column == "name" ? $"第{"一二三四"[section]}批重点（{count}个）"
                            : column == "amount" && withSum ? sum * scale
                            : null
                        )
                    );
                    others.Add((rows.Count, "heading-row"));
                }

                Fact? above = null;
                foreach (var fact in facts)
                {
                    // The very same as above is written as a mark, or as a merged cell.
                    var ditto = above is not null && random.Next(4) == 0;
                    var known = ditto
                        ? fact with
                        {
                            Investor = above!.Investor,
                            Place = above.Place,
                            Owner = above.Owner,
                            Stage = above.Stage,
                            Said = above.Said,
                            Signed = above.Signed,
                        }
                        : fact;
                    var mark = random.Next(3) switch
                    {
                        0 => "同上",
                        1 => "〃",
                        _ => "″",
                    };
                    rows.Add(
                        Row(column =>
                            column switch
                            {
                                "number" => projects.Count + 1,
                                "name" => known.Name,
                                "investor" => ditto ? mark : known.Investor,
                                "place" => ditto ? mark : known.Place,
                                "stage" => ditto ? mark : known.Said,
                                "signed" => ditto ? mark : known.Signed,
                                "amount" => known.Currency == "CNY" ? known.Yi * scale : null,
                                _ => known.Currency == "USD" ? known.Yi * 10_000m : null,
                            }
                        )
                    );
                    projects.Add((rows.Count, known));
                    above = known;
                    if (random.Next(8) == 0)
                    {
                        rows.Add(
                            Row(column =>
                                column == "name" ? "其中：一期"
                                : column == "amount" ? 0.01m * scale
                                : null
                            )
                        );
                        others.Add((rows.Count, "part-row"));
                    }
                }

                if (random.Next(4) == 0)
                {
                    rows.Add(
                        Row(column =>
                            column == "name" ? "小计"
                            : column == "amount" ? sum * scale
                            : null
                        )
                    );
                    others.Add((rows.Count, "total-row"));
                }
            }

            if (one && random.Next(2) == 0)
            {
                rows.Add(
                    Row(column =>
                        column == "name" ? "合  计"
                        : column == "amount" ? total * scale
                        : null
                    )
                );
                others.Add((rows.Count, "total-row"));
            }
        }

        for (var notes = random.Next(3); notes > 0; notes--)
        {
            rows.Add([Notes[random.Next(Notes.Length)]]);
            others.Add((rows.Count, "note-row"));
        }

        return new Written(
            [.. rows],
            [.. merges],
            projects,
            others,
            string.Join('\n', rows.Select((row, at) => $"{at + 1}: {string.Join(" | ", row)}"))
        );
    }

    private static Fact Project(Random random, bool foreign, int number)
    {
        var (place, owner) = Places[random.Next(Places.Length)];
        var (said, stage) = Stages[random.Next(1, Stages.Length)];
        var usd = foreign && random.Next(3) == 0;
        return new Fact(
            $"{Goods[random.Next(Goods.Length)]}{(char)('甲' + random.Next(500))}号项目",
            $"{(char)('丙' + random.Next(500))}{(char)('禾' + random.Next(500))}{Goods[number % Goods.Length]}有限公司",
            place,
            owner,
            stage,
            said,
            new DateOnly(2024, 1, 1).AddDays(random.Next(700)),
            random.Next(1, 900) / 10m,
            usd ? "USD" : "CNY"
        );
    }

    private static char Letter(int column) => (char)('A' + column);

    private static string? Lost(Written written, ReadFile file)
    {
        var leftOut = file
            .Register.Notes.Where(note => note.Code == "rows-above")
            .Sum(note => Convert.ToInt32(note.Args[1], CultureInfo.InvariantCulture));
        var header = written.Rows.Length - leftOut - file.Rows.Count;
        if (header is < 1 or > 2)
            return $"{written.Rows.Length} rows are {file.Rows.Count} taken and {leftOut} left out";
        foreach (var (row, code) in written.Others)
        {
            var read = file.Rows.SingleOrDefault(each => each.RowNumber == row);
            if (read is not { IsRefused: true } || read.Issues.Single().Code != code)
                return $"row {row} is {code}, but was {(read is null ? "left out" : string.Join(',', read.Issues.Select(issue => issue.Code)))}";
        }

        foreach (var (row, fact) in written.Projects)
        {
            var read = file.Rows.SingleOrDefault(each => each.RowNumber == row);
            if (read is null || read.IsRefused)
                return $"row {row} is a project, but was {(read is null ? "left out" : string.Join(',', read.Issues.Select(issue => issue.Code)))}";
            bool Holds(string field, bool same) => same || read.Issues.Any(issue => issue.Field == field);
            if (read.Name != fact.Name)
                return $"row {row}: name {read.Name}";
            if (!Holds("investor", read.Investors.Select(each => each.Name).SequenceEqual([fact.Investor])))
                return $"row {row}: investor {string.Join(',', read.Investors.Select(each => each.Name))}";
            if (!Holds("place", read.OwnerId == fact.Owner))
                return $"row {row}: owner {read.OwnerId}";
            if (!Holds("stage", read.Stage == fact.Stage))
                return $"row {row}: stage {read.Stage}";
            if (!Holds("signedOn", read.SignedOn == fact.Signed))
                return $"row {row}: signed {read.SignedOn}";
            if (!Holds("totalInvestment", read.TotalInvestment == new Money(fact.Yi * 100_000_000, fact.Currency)))
                return $"row {row}: amount {read.TotalInvestment}";
        }

        return file.Rows.Count(row => !row.IsRefused) == written.Projects.Count
            ? null
            : "more projects than were written";
    }

    [Test]
    public void No_row_and_no_value_of_a_workbook_is_lost_in_silence()
    {
        for (var seed = 0; seed < 400; seed++)
        {
            var written = Make(new Random(seed));
            Lost(written, ReadFile.Of(Registers.Workbook(written.Rows, written.Merges)))
                .ShouldBeNull($"seed {seed}\n{written.Description}");
        }
    }

    [Test]
    public void Nor_of_the_same_as_text()
    {
        for (var seed = 1000; seed < 1400; seed++)
        {
            var written = Make(new Random(seed));
            var width = written.Rows.Max(row => row.Length);
            var file = ReadFile.OfCsv([
                .. written.Rows.Select(row =>
                    string.Join(
                        ',',
                        row.Select(cell =>
                            cell switch
                            {
                                DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                                decimal number => number.ToString("0.####", CultureInfo.InvariantCulture),
                                _ => $"{cell}",
                            }
                        )
                    ) + new string(',', width - row.Length)
                ),
            ]);
            Lost(written, file).ShouldBeNull($"seed {seed}\n{written.Description}");
        }
    }
}
