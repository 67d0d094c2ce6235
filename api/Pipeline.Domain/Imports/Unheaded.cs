using System.Text.RegularExpressions;
using Pipeline.Domain.Matching;
using Pipeline.Domain.Projects;

namespace Pipeline.Domain.Imports;

/// <summary>Tells by their content what the cells of one row without headers mean. What is not certain means nothing.</summary>
public static partial class Unheaded
{
    private static readonly string LandMu = PlainFact.All.First(fact => fact.Measure == Measure.Land).Name;

    /// <summary>The columns of a row; those that mean something bear the field's own name as header.</summary>
    public static ColumnMap Guess(
        IReadOnlyList<string> cells,
        PlaceDirectory places,
        IndustryDirectory industries,
        bool english
    )
    {
        var found = new string?[cells.Count];
        // 1.2亿 says no currency: that is doubted later, not here.
        Func<string, bool> amount = text =>
            Amounts.Parse(text) is { Value: not null } read
            && read.Doubts.All(doubt => doubt.Code == ImportCodes.CurrencyAssumed);
        (string Field, Func<string, bool> Is)[] kinds =
        [
            (ImportFields.Name, text => EndsLikeProject().IsMatch(Written.Plain(text))),
            (ImportFields.Uscc, text => Normalised.Uscc(Written.Tidy(text)) is not null),
            (ImportFields.NationalCode, text => Normalised.IsNationalCode(Written.Tidy(text))),
            (ImportFields.TotalInvestment, amount),
            (LandMu, text =>
                SaysMu().IsMatch(Written.Plain(text))
                && Certain(Quantities.Parse(text, Measure.Land), value => value is not null)
            ),
            (ImportFields.Stage, text => Certain(Stages.Parse(text), value => value is not null)),
            (ImportFields.Country, text => Certain(Countries.Parse(text), value => value is not null)),
            (ImportFields.IndustryCode, text =>
                IsClass().IsMatch(Written.Plain(text)) && Certain(industries.Parse(text), value => value is not null)
            ),
            (ImportFields.Investor, text => NamesCompany().IsMatch(Written.Plain(text))),
            (ImportFields.Place, text => Certain(places.Parse(text), value => value?.OwnerId is not null)),
            (ImportFields.Industry, text =>
                !IsClass().IsMatch(Written.Plain(text)) && Certain(industries.Parse(text), value => value is not null)
            ),
            (ImportFields.Name, text =>
                Written.Bare(text).Length >= 4
                && Written.Bare(text).Any(char.IsLetter)
                && Dates.Parse(text).Value is null
                && !amount(text)
            ),
        ];
        foreach (var (field, isIt) in kinds)
        {
            if (found.Contains(field))
                continue;
            for (var i = 0; i < cells.Count; i++)
            {
                if (found[i] is not null || Written.IsBlank(Written.Plain(cells[i])) || !isIt(cells[i]))
                    continue;
                found[i] = field;
                break;
            }
        }

        return new ColumnMap(
            [.. found.Select(field => new Column(field is null ? "" : Title(field, english), field, null))],
            []
        );
    }

    private static bool Certain<T>(Cell<T> cell, Func<T, bool> there) => cell.Doubts.Count == 0 && there(cell.Value);

    private static string Title(string field, bool english) =>
        ImportFields.All.First(each => each.Key == field) is var known && english ? known.En : known.Zh;

    [GeneratedRegex(
        @"(?:项目|基地|工程|产业园|园区|产业城|生产线|产线|技改|扩建|(?:\b|^)(?:project|plant|factory|base))(?:\([^()]*\))?\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex EndsLikeProject();

    [GeneratedRegex(
        @"公司|集团|株式会社|合伙企业|\b(?:co|ltd|inc|gmbh|corp|llc|plc|ag|group|holdings?|company)\b",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex NamesCompany();

    [GeneratedRegex(@"亩|\bmu\b", RegexOptions.CultureInvariant)]
    private static partial Regex SaysMu();

    [GeneratedRegex(@"^[a-t]?\d{2,4}\z", RegexOptions.CultureInvariant)]
    private static partial Regex IsClass();
}
