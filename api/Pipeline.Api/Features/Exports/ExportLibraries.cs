using System.Text.Json;
using Pipeline.Api.Http;
using Pipeline.Api.Queries;
using Pipeline.Domain;
using Pipeline.Domain.Imports;
using Pipeline.Domain.Libraries;

namespace Pipeline.Api.Features.Exports;

/// <summary>The entries of a library in a file, with the headings by which an import reads them again. Contacts are in none.</summary>
public static class ExportLibraries
{
    public static Task<IResult> Export(Call call, RuleBooks ruleBooks, bool csv)
    {
        var query = new QueryReader(call.Request);
        var filter = LibraryFilter.ReadNamed(query, call.Caller);
        return ExportRecords.Handle(
            call,
            ruleBooks,
            csv,
            query,
            new ExportRecords.Sheet<LibraryRow>(
                RecordFields.LibraryEntries,
                "libraries",
                filter.Conditions,
                filter.Seq,
                $"SELECT {LibraryRow.Columns} {filter.From}",
                row => row.Seq,
                Cells
            )
        );
    }

    private static Dictionary<string, object?> Cells(LibraryRow row, ExportRecords.Told to)
    {
        var language = to.Language;
        string Word(Enum value) => CellText.Of(language, value);
        string YesOrNo(bool is_) => CellText.YesOrNo(language, is_);
        var cells = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [RecordFields.LibraryColumn] = Word(row.Of),
            ["name"] = row.Name,
            ["uscc"] = row.Uscc,
            ["tags"] = string.Join('、', Json.Read<List<string>>(row.Tags)),
            ["chain"] = row.Chain,
            [RecordFields.KeeperColumn] = row.KeeperName,
            ["visibility"] = Word(row.CityVisible ? EntryVisibility.City : EntryVisibility.Unit),
            ["note"] = row.Note,
            ["verifiedOn"] = row.VerifiedOn,
            ["grey"] = YesOrNo(!row.IsRetired && Shanghai.DateOf(to.Now) >= LibraryRules.GreyFrom(row.TrustedSince)),
            ["status"] = Word(row.IsRetired ? EntryStatus.Retired : EntryStatus.Active),
        };
        var details = JsonSerializer.Deserialize(row.Details, DetailsOf(row.Of), Json.Options)!;
        foreach (var property in details.GetType().GetProperties())
            cells[JsonNamingPolicy.CamelCase.ConvertName(property.Name)] = property.GetValue(details) switch
            {
                Money { Currency: "CNY" } money => money.Amount,
                Money money => FormattableString.Invariant($"{money.Amount} {money.Currency}"),
                Enum choice => Word(choice),
                IReadOnlyList<FundStage> stages => string.Join('、', stages.Select(stage => Word(stage))),
                var told => told,
            };
        return cells;
    }

    private static Type DetailsOf(Library library) =>
        library switch
        {
            Library.Institutions => typeof(InstitutionDetails),
            Library.Funds => typeof(FundDetails),
            Library.Experts => typeof(ExpertDetails),
            Library.Intermediaries => typeof(IntermediaryDetails),
            Library.TargetEnterprises => typeof(TargetEnterpriseDetails),
            Library.TechEnterprises => typeof(TechEnterpriseDetails),
            _ => typeof(ForeignEnterpriseDetails),
        };
}
