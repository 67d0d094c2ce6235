using Pipeline.Api.Http;
using Pipeline.Domain;
using Pipeline.Domain.Imports;
using Pipeline.Domain.Projects;
using Pipeline.Domain.Rules;

namespace Pipeline.Api.Features.Exports;

/// <summary>What a file says of each project: of what the caller is told, so that nothing more can be in it.</summary>
public sealed class ProjectColumns(
    IReadOnlyList<ProjectColumns.Column> chosen,
    RuleSet rules,
    DateOnly today,
    IReadOnlyDictionary<string, string> places,
    string language,
    Headings headings,
    ShownFigures? shown = null
)
{
    private readonly string language = language,
        cells = CellText.LanguageOf(headings, language);
    private readonly Dictionary<(string Kind, string Slug), string> words = [];
    private readonly string[] stages = Words<Stage>(CellText.LanguageOf(headings, language)),
        lights = Words<Light>(CellText.LanguageOf(headings, language));

    /// <summary>A column: its width in characters, its cell, and whether the public summary has it.</summary>
    public sealed record Column(
        RegisterColumn Of,
        int Width,
        Action<ITable, ToldProject, ProjectColumns> Cell,
        bool IsPublic = false,
        Func<ToldProject, Money?>? Money = null
    );

    private static readonly IReadOnlyList<Column> Known =
    [
        new(RegisterColumns.Code, 14, (table, told, _) => table.Text(told.Row.Code), IsPublic: true),
        new(RegisterColumns.Name, 40, (table, told, _) => table.Text(told.Row.Name), IsPublic: true),
        new(
            RegisterColumns.Stage,
            10,
            (table, told, columns) => table.Text(columns.stages[(int)told.Row.At]),
            IsPublic: true
        ),
        new(RegisterColumns.Owner, 16, (table, told, _) => table.Text(told.Row.OwnerName), IsPublic: true),
        new(RegisterColumns.FirstTalk, 16, (table, told, _) => table.Text(told.Row.FirstTalkName)),
        new(RegisterColumns.Investors, 40, (table, told, _) => table.Text(told.Facts.InvestorNames()), IsPublic: true),
        new(RegisterColumns.Country, 10, (table, told, _) =>
            table.Text(
                told.Facts.PrimaryCountry is var country && country != InvestorBody.UnknownCountry ? country : null
            )
        ),
        new(RegisterColumns.Uscc, 22, (table, told, _) => table.Text(told.Facts.PrimaryUscc)),
        new(
            RegisterColumns.TotalInvestment,
            20,
            (table, told, _) => table.Number(told.Row.Total?.Amount),
            IsPublic: true,
            told => told.Row.Total
        ),
        new(RegisterColumns.Currency, 8, (table, told, _) => table.Text(told.Row.Total?.Currency), IsPublic: true),
        new(
            RegisterColumns.Cny,
            20,
            (table, told, columns) => table.Number(columns.Cny(told.Row.Total)),
            IsPublic: true
        ),
        new(
            RegisterColumns.IndustryCode,
            10,
            (table, told, columns) => table.Text(columns.Industry(told.Facts.Text(Fact.IndustryCode))),
            IsPublic: true
        ),
        new(RegisterColumns.Chain, 16, (table, told, _) => table.Text(told.Facts.Text(Fact.Chain))),
        new(RegisterColumns.LandingPlace, 20, (table, told, columns) => table.Text(columns.Place(told.Facts))),
        new(RegisterColumns.InTalksOn, 12, (table, told, _) => table.Day(told.Row.InTalksOn)),
        new(RegisterColumns.SignedOn, 12, (table, told, _) => table.Day(told.Row.SignedOn)),
        new(RegisterColumns.RegisteredOn, 12, (table, told, _) => table.Day(told.Row.RegisteredOn)),
        new(RegisterColumns.StartedOn, 12, (table, told, _) => table.Day(told.Row.StartedOn)),
        new(RegisterColumns.InProductionOn, 12, (table, told, _) => table.Day(told.Row.InProductionOn)),
        new(RegisterColumns.Light, 8, (table, told, columns) => table.Text(columns.lights[(int)told.Light])),
        new(RegisterColumns.Flags, 24, (table, told, columns) => table.Text(columns.Flags(told))),
        new(RegisterColumns.ClaimStatus, 12, (table, told, columns) =>
            table.Text(told.Row.ClaimStatus is { } status ? columns.Word("claim-status", status) : null)
        ),
        new(RegisterColumns.ClaimExpiresAt, 18, (table, told, _) => table.Instant(told.Row.ClaimExpiresAt)),
        new(RegisterColumns.CreatedAt, 18, (table, told, _) => table.Instant(told.Row.CreatedAt)),
        new(RegisterColumns.UpdatedAt, 18, (table, told, _) => table.Instant(told.UpdatedAt), IsPublic: true),
        .. PlainFact.All.SelectMany(OfPlain),
    ];

    /// <summary>Every column, in the order in which files have them.</summary>
    public static readonly IReadOnlyList<Column> All =
    [
        .. RegisterColumns.All.Select(of => Known.Single(column => column.Of.Key == of.Key)),
    ];

    /// <summary>The columns of a plain fact: itself, and of an amount its currency.</summary>
    private static IEnumerable<Column> OfPlain(PlainFact plain)
    {
        var fact = Fact.Of(plain);
        var of = RegisterColumns.OfPlain(plain).ToList();
        switch (plain.Shape)
        {
            case FactShape.Money:
                return
                [
                    new(
                        of[0],
                        20,
                        (table, told, _) => table.Number(told.Facts.Money(fact)?.Amount),
                        Money: told => told.Facts.Money(fact)
                    ),
                    new(of[1], 8, (table, told, _) => table.Text(told.Facts.Money(fact)?.Currency)),
                ];
            case FactShape.Number or FactShape.Whole:
                return [new(of[0], 12, (table, told, _) => table.Number(told.Facts.Number(fact)))];
            case FactShape.Day:
                return [new(of[0], 12, (table, told, _) => table.Day(told.Facts.Day(fact)))];
            case FactShape.Choice:
                return
                [
                    new(of[0], 12, (table, told, columns) =>
                        table.Text(told.Facts.Text(fact) is { } slug ? columns.Choice(plain, slug) : null)
                    ),
                ];
            default:
                return [new(of[0], 24, (table, told, _) => table.Text(told.Facts.Text(fact)))];
        }
    }

    /// <summary>The columns that a query asks for (<c>columns=name,stage</c>), in its order; all where it names none.</summary>
    public static IReadOnlyList<Column> Read(QueryReader query)
    {
        if (query.Text("columns", 1000) is not { } text)
            return All;
        var keys = text.Split(',');
        var named = keys.Select(key => All.FirstOrDefault(column => column.Of.Key == key))
            .OfType<Column>()
            .Distinct()
            .ToList();
        if (named.Count != keys.Length)
            query.Refuse("columns", "choice", string.Join(", ", All.Select(column => column.Of.Key)));
        return named;
    }

    /// <summary>The headers, in the caller's language or as keys.</summary>
    public ValueTask WriteHeaders(ITable table)
    {
        if (shown is not null)
            table.Text(headings == Headings.Keys ? "number" : Messages.Text(language, "export.number"));
        foreach (var column in chosen)
            table.Text(
                headings == Headings.Keys ? column.Of.Key
                : shown is not null && column.Money is not null
                    ? Messages.Text(language, "export.in-yi", column.Of.Title(language))
                : column.Of.Title(language)
            );
        return table.EndRow();
    }

    /// <summary>The row of a project.</summary>
    public ValueTask Write(ProjectRow row, Caller caller, ITable table)
    {
        var told = ToldProject.To(caller, row, rules, today);
        if (shown is not null)
            table.Number(++shown.Rows);
        for (var at = 0; at < chosen.Count; at++)
        {
            if ((told.IsWhole || chosen[at].IsPublic) && shown is not null && chosen[at].Money is { } money)
                WriteInYi(table, at, money(told));
            else if (told.IsWhole || chosen[at].IsPublic)
                chosen[at].Cell(table, told, this);
            else
                table.Text(null);
        }

        return table.EndRow();
    }

    /// <summary>The last row of what is written as the page shows it: the sums of the amounts; what has no rate is told beside, not counted as nothing.</summary>
    public ValueTask WriteTotals(ITable table)
    {
        table.Text(Messages.Text(language, "export.total"));
        for (var at = 0; at < chosen.Count; at++)
        {
            if (chosen[at].Money is not null)
                table.Number(shown!.Sums.GetValueOrDefault(at) / ShownFigures.Yi);
            else if (at == 0)
                table.Text(
                    shown!.Uncounted > 0
                        ? Messages.Text(language, "export.uncounted", shown.Rows, shown.Uncounted)
                        : Messages.Text(language, "export.rows", shown.Rows)
                );
            else
                table.Text(null);
        }

        return table.EndRow();
    }

    private void WriteInYi(ITable table, int at, Money? money)
    {
        if (money is not { } known)
        {
            table.Text(null);
        }
        else if (rules.ToCny(known, today.Year) is { } cny)
        {
            shown!.Sums[at] = shown.Sums.GetValueOrDefault(at) + cny;
            table.Number(cny / ShownFigures.Yi);
        }
        else
        {
            shown!.Uncounted++;
            table.Text($"{known.Amount:0.##} {known.Currency}");
        }
    }

    /// <summary>The code, and what it means where the page says that too.</summary>
    private string? Industry(string? code) =>
        code is { } given && shown?.Industries.Named(given, language) is { } name ? $"{given} {name}" : code;

    private decimal? Cny(Money? money) => money is { } known ? rules.ToCny(known, today.Year) : null;

    private string Word(string kind, string slug) =>
        words.TryGetValue((kind, slug), out var word)
            ? word
            : words[(kind, slug)] = CellText.Of(cells, $"enum.{kind}.{slug}");

    private static string[] Words<T>(string language)
        where T : struct, Enum => [.. Enum.GetValues<T>().Select(value => CellText.Of(language, value))];

    private string Choice(PlainFact plain, string slug) =>
        cells == CellText.Keys ? slug : plain.Choices.First(choice => choice.Slug == slug).Title(language);

    private string? Flags(ToldProject told) =>
        told.Flags() is { Count: > 0 } flags ? string.Join('、', flags.Select(Flag)) : null;

    // An unheard-of flag is told by its code.
    private string Flag(string flag) =>
        Word("flag", flag) is var text && text.StartsWith("enum.", StringComparison.Ordinal) ? flag : text;

    private string? Place(StoredFacts facts) =>
        facts.Value<PlaceBody>(Fact.LandingPlace) is { } place
            ? place.Text ?? (place.Id is { } id ? places.GetValueOrDefault(id) : null)
            : null;
}
