using System.Globalization;
using Pipeline.Api.Documents;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Assessment;
using Pipeline.Domain.Bulletins;
using Pipeline.Domain.Problems;

namespace Pipeline.Api.Features.Bulletins;

/// <summary>A bulletin as a document in the customary layout of a 通报, with what the caller may read of it (R118).</summary>
public static class BulletinDocument
{
    public static Task<IResult> Word(string id, Call call, RuleBooks ruleBooks) =>
        Document(id, call, ruleBooks, PaperFormat.Word);

    public static Task<IResult> Pdf(string id, Call call, RuleBooks ruleBooks) =>
        Document(id, call, ruleBooks, PaperFormat.Pdf);

    private static Task<IResult> Document(string id, Call call, RuleBooks ruleBooks, PaperFormat format) =>
        call.Read<IResult>(async session =>
        {
            if (
                await BulletinRow.For(session, call.Caller, id) is not { } row
                || await ReadBulletins.Content(session, call.Caller, ruleBooks, row) is not { } content
            )
                return (Reply)Refusal.NotFound;
            session.Note(
                new AuditEntry("export-bulletin")
                {
                    Outcome = AuditOutcome.Read,
                    SubjectKind = "bulletin",
                    SubjectId = id,
                }
            );
            var words = new DocumentWords(Messages.Language(call.Request));
            var title = words.Of("bulletin.title", PeriodOf(words, row));
            var document = new OfficialDocument().Title(title);
            Write(document, row, content, words);
            return DocumentFile.Of(
                document,
                format,
                words,
                row.IssuedAt ?? session.Now,
                $"bulletin-{row.Period}",
                title
            );
        });

    private static void Write(OfficialDocument document, BulletinRow row, BulletinContent content, DocumentWords words)
    {
        document.Centred(
            row.At == BulletinStatus.Draft ? words.Of("bulletin.draft")
            : row.At == BulletinStatus.Superseded ? words.Of("bulletin.superseded", row.IssueYear!, row.Number!)
            : words.Of("bulletin.number", row.IssueYear!, row.Number!)
        );
        document.Plain(words.Of("bulletin.lead", PeriodOf(words, row), words.Day(content.Through)));
        if (row.Note is { } note)
            document.Plain(note);
        var part = 0;
        if (content.Tables is { } tables)
        {
            document.First(++part, words.Of("bulletin.figures"));
            if (tables.Count == 0)
                document.Plain(words.Of("bulletin.no-figures"));
            foreach (var (at, table) in tables.Index())
                Figures(document, at + 1, table, words);
            if (content.Model is { } model)
                document.Plain(
                    words.Of(
                        "bulletin.model",
                        words.IsEnglish ? model.NameEn ?? model.Name : model.Name,
                        model.ModelVersion
                    )
                );
        }

        if (content.Parts.Contains(BulletinPart.Honours))
        {
            document.First(++part, words.Of("bulletin.honours"));
            var told = (content.Tables ?? []).Where(table => table.Honours is not null).ToList();
            if (told.Count == 0)
                document.Plain(words.Of("bulletin.no-honours"));
            foreach (var (at, table) in told.Index())
            {
                document.Second(at + 1, NameOf(table, words));
                foreach (var honours in table.Honours!)
                {
                    var group = words.Of($"bulletin.group.{Slug.Of(honours.Group)}");
                    document.Plain(words.Of("bulletin.red", group, Joined(words, honours.Red)));
                    if (honours.Black.Count > 0)
                        document.Plain(words.Of("bulletin.black", group, Joined(words, honours.Black)));
                }
            }
        }

        if (content.Projects is { } projects)
        {
            document.First(++part, words.Of("bulletin.projects"));
            document.Plain(words.Of("bulletin.signed", projects.Signed, projects.Items.Count, projects.InTalks));
            if (projects.Unmeasured is { } unmeasured)
                document.Plain(words.Of("bulletin.unmeasured", unmeasured));
            Projects(document, projects.Items, words);
        }

        if (content.LateNotices is { } late)
        {
            document.First(++part, words.Of("bulletin.late"));
            if (late.Count == 0)
                document.Plain(words.Of("bulletin.none-late"));
            Projects(document, late, words);
        }

        if (content.Lights is { } lights)
        {
            document.First(++part, words.Of("bulletin.lights", words.Day(content.On)));
            if (lights.Count == 0)
                document.Plain(words.Of("bulletin.no-lights"));
            else
                document.Table(
                    [
                        words.Of("bulletin.unit"),
                        words.Of("bulletin.green"),
                        words.Of("bulletin.yellow"),
                        words.Of("bulletin.red-light"),
                    ],
                    [40, 20, 20, 20],
                    lights.Select(light =>
                        (IReadOnlyList<string>)
                            [light.Unit.Name, Whole(light.Green), Whole(light.Yellow), Whole(light.Red)]
                    )
                );
        }

        if (content.Problems is { } problems)
        {
            document.First(++part, words.Of("bulletin.problems", words.Day(content.On)));
            if (problems.Items.Count == 0)
                document.Plain(words.Of("bulletin.no-problems"));
            else
                document.Table(
                    [
                        words.Of("meeting.number"),
                        words.Of("meeting.project"),
                        words.Of("bulletin.unit"),
                        words.Of("bulletin.kind"),
                        words.Of("meeting.department"),
                        words.Of("meeting.overdue"),
                    ],
                    [9, 28, 16, 14, 19, 14],
                    problems.Items.Select(
                        (problem, at) =>
                            (IReadOnlyList<string>)
                                [
                                    DocumentWords.Number(at + 1),
                                    problem.ProjectName,
                                    problem.Unit.Name,
                                    words.Of($"enum.problem-kind.{Slug.Of(problem.Kind)}"),
                                    problem.Department?.Name ?? words.Of("meeting.unassigned"),
                                    words.Of("meeting.workdays", problem.OverdueFor),
                                ]
                    )
                );
            if (problems.InTalks is { } inTalks)
                document.Plain(words.Of("bulletin.problems-in-talks", inTalks));
        }

        if (content.Masked is { } masked)
            document.Plain(words.Of("bulletin.masked", masked));
        document.First(++part, words.Of("bulletin.basis"));
        document.Fact(
            words.Of("bulletin.snapshot"),
            words.Of("bulletin.snapshot-of", row.Period, row.SnapshotVersion, row.SnapshotId)
        );
        if (row.Hash is { } hash)
            document.Fact(words.Of("bulletin.hash"), hash);
        document.Signature(words.Of("bulletin.office"));
        document.Signature(words.Day(row.IssuedAt is { } issuedAt ? Shanghai.DateOf(issuedAt) : content.On));
    }

    private static void Figures(OfficialDocument document, int number, BulletinTable table, DocumentWords words)
    {
        document.Second(number, words.Of("bulletin.table", NameOf(table, words), UnitOf(table, words)));
        document.Table(
            [
                words.Of("bulletin.unit"),
                words.Of("bulletin.target"),
                words.Of("bulletin.value"),
                words.Of("bulletin.cumulative"),
                words.Of("bulletin.adjusting"),
                words.Of("bulletin.completion"),
                words.Of("bulletin.pace"),
                words.Of("bulletin.rank"),
                words.Of("bulletin.year-on-year"),
            ],
            [17, 11, 10, 11, 10, 12, 11, 8, 12],
            table.Rows.Append(table.City).Select(figure => Row(figure, table, words)),
            isDense: true
        );
        var bars = table
            .Rows.Where(figure => figure.Completion is not null)
            .Select(figure => (figure.Unit!.Name, decimal.Parse(figure.Completion!, CultureInfo.InvariantCulture)))
            .OrderByDescending(bar => bar.Item2)
            .ToList();
        if (bars.Count > 1)
            document.Bars(words.Of("bulletin.chart", NameOf(table, words)), bars);
        if (table.DoubleCounted is { } twice)
            document.Plain(words.Of("bulletin.double", Number(twice, table, words), UnitOf(table, words)));
        var unknown = table.City.Unknown;
        if (unknown is not null)
            document.Plain(words.Of("bulletin.unknown", unknown));
    }

    private static IReadOnlyList<string> Row(BulletinFigure figure, BulletinTable table, DocumentWords words) =>
        [
            figure.Unit?.Name ?? words.Of("bulletin.city"),
            Number(figure.Target, table, words),
            Number(figure.Value, table, words),
            Number(figure.Cumulative, table, words),
            figure.Adjusting is null ? "" : Number(figure.Adjusting, table, words),
            Percent(figure.Completion),
            Points(figure.Pace),
            Place(figure),
            figure.YearOnYear is null ? "—" : $"{Points(figure.YearOnYear)}%",
        ];

    private static string Place(BulletinFigure figure) =>
        figure.Rank is not { } rank ? "—"
        : figure.Movement is null or 0 ? DocumentWords.Number(rank)
        : $"{DocumentWords.Number(rank)}（{(figure.Movement > 0 ? "↑" : "↓")}{DocumentWords.Number(Math.Abs(figure.Movement.Value))}）";

    private static void Projects(
        OfficialDocument document,
        IReadOnlyList<BulletinProject> projects,
        DocumentWords words
    )
    {
        if (projects.Count == 0)
            return;
        document.Table(
            [
                words.Of("meeting.number"),
                words.Of("meeting.project"),
                words.Of("bulletin.unit"),
                words.Of("meeting.investors"),
                words.Of("meeting.total"),
                words.Of("bulletin.signed-on"),
            ],
            [8, 26, 14, 20, 15, 17],
            projects.Select(
                (project, at) =>
                    (IReadOnlyList<string>)
                        [
                            DocumentWords.Number(at + 1),
                            $"{project.Name}（{project.Code}）",
                            project.Unit.Name,
                            string.Join('、', project.Investors),
                            project.TotalInvestment is { } total ? words.Amount(total) : "—",
                            DocumentWords.Short(project.SignedOn),
                        ]
            )
        );
    }

    /// <summary>A value in the unit of its table: money in 亿, or in millions; a part of a whole as a percentage.</summary>
    private static string Number(decimal? value, BulletinTable table, DocumentWords words) =>
        value is not { } known ? "—"
        : table.Unit == IndicatorUnit.Share ? Percent(known)
        : table.Unit is IndicatorUnit.Cny or IndicatorUnit.Usd
            ? (known / (words.IsEnglish ? 1_000_000m : 100_000_000m)).ToString("0.####", CultureInfo.InvariantCulture)
        : known.ToString("0.####", CultureInfo.InvariantCulture);

    private static string UnitOf(BulletinTable table, DocumentWords words) =>
        words.Of($"bulletin.unit-of.{Slug.Of(table.Unit)}");

    private static string NameOf(BulletinTable table, DocumentWords words) =>
        words.IsEnglish ? table.NameEn ?? table.Name : table.Name;

    private static string Percent(string? ratio) =>
        ratio is null ? "—" : Percent(decimal.Parse(ratio, CultureInfo.InvariantCulture));

    private static string Percent(decimal ratio) =>
        $"{Math.Round(ratio * 100, 2, MidpointRounding.AwayFromZero).ToString("0.00", CultureInfo.InvariantCulture)}%";

    /// <summary>A difference of ratios in percentage points, with its sign.</summary>
    private static string Points(string? ratio) =>
        ratio is null
            ? "—"
            : Math.Round(decimal.Parse(ratio, CultureInfo.InvariantCulture) * 100, 2, MidpointRounding.AwayFromZero)
                .ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture);

    private static string Whole(long count) => count.ToString(CultureInfo.InvariantCulture);

    private static string Joined(DocumentWords words, IReadOnlyList<UnitRef> units) =>
        string.Join(words.Of("bulletin.separator"), units.Select(unit => unit.Name));

    /// <summary>2026年6月, 2026年第二季度, 2026年.</summary>
    private static string PeriodOf(DocumentWords words, BulletinRow row)
    {
        var period = row.Period;
        var year = int.Parse(period.AsSpan(0, 4), CultureInfo.InvariantCulture);
        return period.Length == 4 ? words.Of("bulletin.year", year)
            : period[5] != 'Q'
                ? words.Of("bulletin.month", year, int.Parse(period.AsSpan(5), CultureInfo.InvariantCulture))
            : row.Kind == Slug.Of(BulletinKind.HalfYearly)
                ? words.Of($"bulletin.half-{(period[6] == '2' ? 1 : 2)}", year)
            : words.Of($"bulletin.quarter-{period[6]}", year);
    }
}
