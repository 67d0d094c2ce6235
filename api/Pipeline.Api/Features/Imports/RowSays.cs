using System.Text.Json.Nodes;
using Pipeline.Api.Http;
using Pipeline.Domain.Imports;
using Pipeline.Domain.Matching;
using Pipeline.Domain.Projects;

namespace Pipeline.Api.Features.Imports;

/// <summary>What an understood row says, in the terms of the library.</summary>
internal static class RowSays
{
    /// <summary>The normalised name, as long as it is stored.</summary>
    internal static string NameKey(UnderstoodRow row) =>
        Normalised.ProjectName(row.Name) is var key && key.Length > 400 ? key[..400] : key;

    internal static Stage StageOf(UnderstoodRow row) => row.Stage is { } stage ? Slug.To<Stage>(stage) : Stage.InTalks;

    /// <summary>The days on which the stages up to the row's own were reached. A day after today is no day on which anything happened.</summary>
    internal static StageDates Reached(UnderstoodRow row, Stage stage, DateOnly? today)
    {
        DateOnly? On(Stage at, DateOnly? day) =>
            stage != Stage.Terminated && at > stage ? null
            : today is { } now && day > now ? null
            : day;
        return new StageDates(
            On(Stage.InTalks, row.ReportedOn),
            On(Stage.Signed, row.SignedOn),
            On(Stage.Registered, row.RegisteredOn),
            On(Stage.Started, row.StartedOn),
            On(Stage.InProduction, row.InProductionOn)
        );
    }

    internal static ProjectBody Body(IReadOnlyDictionary<string, JurisdictionRow> units, UnderstoodRow row, Stage stage)
    {
        var landing = row.LandingId is { } id ? units.GetValueOrDefault(id) : null;
        // Dates of stages still to come are plans.
        DateOnly? Planned(Stage at, DateOnly? day) => stage < at ? day : null;
        return new ProjectBody(row.Plain)
        {
            Name = row.Name,
            NationalCode = row.NationalCode is { Length: <= 40 } code ? code : null,
            Investors =
                row.Investors.Count == 0
                    ? null
                    :
                    [
                        .. row.Investors.Select(
                            (investor, at) =>
                                new InvestorBody
                                {
                                    Name = investor.Name,
                                    Uscc = at == 0 && row.Uscc is { Length: <= 30 } uscc ? uscc : null,
                                    // The country column speaks of the first; of the others nothing is known.
                                    Country =
                                        at == 0 && row.Country is { } country ? country : InvestorBody.UnknownCountry,
                                    GroupParent = investor.GroupParent,
                                    Primary = at == 0,
                                }
                        ),
                    ],
            TotalInvestment = row.TotalInvestment,
            IndustryCode = row.IndustryCode,
            Chain = row.Chain ?? (row.IndustryText is { Length: <= 100 } text ? text : null),
            LandingPlace =
                row.PlaceText is null && landing is null
                    ? null
                    : new PlaceBody { Id = landing?.Id, Text = row.PlaceText },
            ProvincialZone = landing?.ProvincialZone ?? false,
            PlannedSigningOn = row.Plain.PlannedSigningOn ?? Planned(Stage.Signed, row.SignedOn),
            PlannedStartOn = row.Plain.PlannedStartOn ?? Planned(Stage.Started, row.StartedOn),
            PlannedProductionOn = row.Plain.PlannedProductionOn ?? Planned(Stage.InProduction, row.InProductionOn),
        };
    }

    internal static object Entry(ImportRun run, UnderstoodRow row, Stage stage) =>
        new
        {
            importId = run.ImportId,
            rowNumber = row.RowNumber,
            name = row.Name,
            totalInvestment = row.TotalInvestment,
            stage,
        };

    internal static string? Note(UnderstoodRow row) =>
        string.Join("\n", new[] { row.Note, row.Source }.OfType<string>()) is { Length: > 0 } note
            ? note.Length <= 2000
                ? note
                : note[..2000]
            : null;

    /// <summary>What was understood, by field.</summary>
    internal static JsonObject Parsed(ImportRun run, UnderstoodRow row)
    {
        var parsed = new JsonObject();
        void Put<T>(string field, T? value)
        {
            if (value is not null)
                parsed[field] = Json.Node(value);
        }

        Put(ImportFields.Number, row.Number);
        Put(ImportFields.Name, row.Name.Length == 0 ? null : row.Name);
        Put(ImportFields.NationalCode, row.NationalCode);
        Put(
            ImportFields.Investor,
            row.Investors.Count == 0 ? null : string.Join("、", row.Investors.Select(investor => investor.Name))
        );
        Put(ImportFields.Uscc, row.Uscc);
        Put(ImportFields.Country, row.Country);
        Put(ImportFields.TotalInvestment, row.TotalInvestment);
        Put(ImportFields.Chain, row.Chain);
        Put(ImportFields.Industry, row.IndustryText);
        Put(ImportFields.IndustryCode, row.IndustryCode);
        Put(ImportFields.Place, row.PlaceText);
        Put(ImportFields.Jurisdiction, row.OwnerId is { } owner ? run.Units[owner].Name : null);
        Put(ImportFields.Stage, row.Stage);
        Put(ImportFields.ReportedOn, row.ReportedOn);
        Put(ImportFields.SignedOn, row.SignedOn);
        Put(ImportFields.RegisteredOn, row.RegisteredOn);
        Put(ImportFields.StartedOn, row.StartedOn);
        Put(ImportFields.InProductionOn, row.InProductionOn);
        Put(ImportFields.ProjectCode, row.ProjectCode);
        foreach (var fact in PlainFact.All)
            Put(fact.Name, fact.Of(row.Plain));
        Put(ImportFields.Note, row.Note);
        Put(ImportFields.Source, row.Source);
        Put(ImportFields.ContactKind, row.Contact?.Kind);
        Put(ImportFields.ContactOn, row.Contact?.OccurredOn);
        Put(ImportFields.ContactNote, row.Contact?.Note);
        return parsed;
    }
}
