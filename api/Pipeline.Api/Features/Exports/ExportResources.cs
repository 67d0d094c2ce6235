using Pipeline.Api.Http;
using Pipeline.Api.Queries;
using Pipeline.Domain;
using Pipeline.Domain.Chains;
using Pipeline.Domain.Events;
using Pipeline.Domain.Imports;
using Pipeline.Domain.Land;
using Pipeline.Domain.OfficeLeads;
using Pipeline.Store.Chains;
using Pipeline.Store.Events;
using Pipeline.Store.Financing;
using Pipeline.Store.Land;
using Pipeline.Store.OfficeLeads;

namespace Pipeline.Api.Features.Exports;

/// <summary>Land, nodes of chains, events and their results, needs of financing and leads of offices as their lists find them, in one file.</summary>
public static class ExportResources
{
    public static async Task<IResult> Parcels(Call call, RuleBooks ruleBooks, bool csv)
    {
        var query = new QueryReader(call.Request);
        var where = ParcelFilter.Read(query, call.Caller);
        var list = query.Choice<LandList>("list");
        if (list is not null)
            ParcelFilter.AddList(where, call.Caller, list, (await call.Read(ruleBooks.Current)).LandOffer);
        return await ExportRecords.Handle(
            call,
            ruleBooks,
            csv,
            query,
            new ExportRecords.Sheet<ParcelRow>(
                RecordFields.Parcels,
                "parcels",
                where,
                "l.seq",
                ParcelRow.Select,
                row => row.Seq,
                ParcelCells,
                row =>
                    row.Secret == true && row.OpensTalks(call.Caller)
                        ? SecretReads.Of("read-secret-project", "parcel", row.Id, row.ProjectId)
                        : null
            )
        );
    }

    public static Task<IResult> Nodes(Call call, RuleBooks ruleBooks, bool csv) =>
        ExportRecords.Handle(call, ruleBooks, csv, query => new ExportRecords.Sheet<ChainNodeRow>(
            RecordFields.ChainNodes,
            "chain-nodes",
            ChainNodeFilter.Read(query),
            "n.seq",
            ChainNodeRow.Select,
            row => row.Seq,
            NodeCells
        ));

    public static Task<IResult> Events(Call call, RuleBooks ruleBooks, bool csv) =>
        ExportRecords.Handle(call, ruleBooks, csv, query => new ExportRecords.Sheet<EventRow>(
            RecordFields.Events,
            "events",
            EventFilter.Read(query),
            "e.seq",
            EventRow.Select,
            row => row.Seq,
            EventCells
        ));

    public static Task<IResult> Results(Call call, RuleBooks ruleBooks, bool csv) =>
        ExportRecords.Handle(call, ruleBooks, csv, query => new ExportRecords.Sheet<EventResultRow>(
            RecordFields.EventResults,
            "event-results",
            EventResultFilter.Read(query, call.Caller),
            "r.seq",
            EventResultRow.Select,
            row => row.Seq,
            ResultCells,
            row => row.Secret == true ? row.SecretRead() : null
        ));

    public static Task<IResult> Needs(Call call, RuleBooks ruleBooks, bool csv) =>
        ExportRecords.Handle(call, ruleBooks, csv, query => new ExportRecords.Sheet<NeedRow>(
            RecordFields.FinancingNeeds,
            "financing-needs",
            NeedFilter.Read(query, call.Caller),
            "n.seq",
            NeedRow.Select,
            row => row.Seq,
            NeedCells,
            row => row.Secret == true ? row.SecretRead() : null
        ));

    public static async Task<IResult> Leads(Call call, RuleBooks ruleBooks, bool csv)
    {
        var query = new QueryReader(call.Request);
        var where = OfficeLeadFilter.Read(query, call.Caller);
        OfficeLeadFilter.AddOverdue(
            where,
            query.FlagOrNull("overdue"),
            await call.Read(session => Task.FromResult(session.Today))
        );
        return await ExportRecords.Handle(
            call,
            ruleBooks,
            csv,
            query,
            new ExportRecords.Sheet<OfficeLeadRow>(
                RecordFields.OfficeLeads,
                "office-leads",
                where,
                "l.seq",
                OfficeLeadRow.Select,
                row => row.Seq,
                LeadCells
            )
        );
    }

    private static Dictionary<string, object?> ParcelCells(ParcelRow row, ExportRecords.Told to)
    {
        var told = row.View(to.Caller, to.Book.At(to.Now).LandOffer);
        return new(StringComparer.Ordinal)
        {
            ["jurisdiction"] = told.Jurisdiction.Name,
            ["place"] = told.Place,
            ["zone"] = Word(to, told.Zone),
            ["zoneName"] = told.ZoneName,
            ["areaM2"] = told.AreaM2,
            ["mu"] = told.Mu,
            ["contiguousGroup"] = told.ContiguousGroup,
            ["contiguousMu"] = told.ContiguousMu,
            ["cleared"] = told.Cleared is { } cleared ? YesOrNo(to, cleared) : null,
            ["use"] = Word(to, told.Use),
            ["industryClasses"] = string.Join('、', told.IndustryClasses),
            ["minIntensity"] = told.MinIntensity?.Amount,
            ["minOutput"] = told.MinOutput?.Amount,
            ["minTax"] = told.MinTax?.Amount,
            ["from"] = told.From,
            ["pricePerMu"] = told.PricePerMu?.Amount,
            ["status"] = Word(to, told.Status),
            ["lists"] = string.Join('、', told.Lists.Select(list => Word(to, list))),
            ["project"] = told.Project is { } project ? $"{project.Name}（{project.Code}）" : null,
            ["reason"] = told.Reason,
            ["note"] = told.Note,
        };
    }

    private static Dictionary<string, object?> NodeCells(ChainNodeRow row, ExportRecords.Told to) =>
        new(StringComparer.Ordinal)
        {
            ["chain"] = row.ChainName,
            ["position"] = Word(to, Slug.To<NodePosition>(row.Position)),
            ["name"] = row.Name,
            ["state"] = Word(to, Slug.To<NodeState>(row.State)),
            ["industryClasses"] = string.Join('、', row.ClassList),
            ["note"] = row.Note,
        };

    private static Dictionary<string, object?> EventCells(EventRow row, ExportRecords.Told to) =>
        new(StringComparer.Ordinal)
        {
            ["organiser"] = row.OrganiserName,
            ["kind"] = Word(to, Slug.To<EventKind>(row.Kind)),
            ["technology"] = YesOrNo(to, row.Technology),
            ["name"] = row.Name,
            ["startsOn"] = row.StartsOn,
            ["endsOn"] = row.EndsOn,
            ["place"] = row.Place,
            ["participants"] = string.Join('、', row.ParticipantList),
            ["status"] = Word(to, row.StatusOn(Shanghai.DateOf(to.Now))),
            ["cancelReason"] = row.CancelReason,
            ["note"] = row.Note,
        };

    private static Dictionary<string, object?> ResultCells(EventResultRow row, ExportRecords.Told to)
    {
        var told = row.View(to.Caller, to.Book.At(to.Now), Shanghai.DateOf(to.Now));
        return new(StringComparer.Ordinal)
        {
            ["eventName"] = told.EventName,
            ["kind"] = Word(to, told.Kind),
            ["title"] = told.Title,
            [RecordFields.Code] = told.Project?.Code,
            ["projectName"] = told.Project?.Name,
            ["jurisdiction"] = told.Unit?.Name,
            ["carrier"] = told.Carrier,
            ["person"] = told.Person,
            ["recordedOn"] = told.RecordedOn,
            ["assignBy"] = told.AssignBy,
            ["assignedOn"] = told.AssignedOn,
            ["overdue"] = told.Overdue ? YesOrNo(to, true) : null,
            ["outcome"] = Word(to, told.Outcome),
            ["outcomeNote"] = told.OutcomeNote,
        };
    }

    private static Dictionary<string, object?> NeedCells(NeedRow row, ExportRecords.Told to)
    {
        var told = row.View(to.Caller, Shanghai.DateOf(to.Now));
        return new(StringComparer.Ordinal)
        {
            [RecordFields.Code] = told.Project?.Code,
            ["projectName"] = told.Project?.Name,
            ["enterprise"] = told.Enterprise,
            ["jurisdiction"] = told.Jurisdiction.Name,
            ["kind"] = Word(to, told.Kind),
            ["stage"] = Word(to, told.Stage),
            ["chain"] = told.Chain,
            [RecordFields.Amount] = told.Amount.Amount,
            [RecordFields.Currency] = told.Amount.Currency,
            ["validUntil"] = told.ValidUntil,
            ["expired"] = told.Expired ? YesOrNo(to, true) : null,
            ["addedOn"] = told.AddedOn,
            ["matches"] = (decimal)told.Matches,
            ["financed"] = (decimal)told.Financed,
            ["reason"] = told.RetireReason,
            ["note"] = told.Note,
        };
    }

    private static Dictionary<string, object?> LeadCells(OfficeLeadRow row, ExportRecords.Told to) =>
        new(StringComparer.Ordinal)
        {
            ["office"] = row.OfficeName,
            ["title"] = row.Title,
            ["investor"] = row.Investor,
            ["content"] = row.Content,
            ["scale"] = row.Scale,
            ["status"] = Word(to, row.At),
            ["jurisdiction"] = row.UnitName,
            ["submittedOn"] = row.SubmittedOn,
            ["dueOn"] = row.DueOn,
            ["overdue"] = OfficeLeadRules.IsOverdue(row.DueOn, Shanghai.DateOf(to.Now)) ? YesOrNo(to, true) : null,
            ["reason"] = row.Reason,
        };

    private static string? Word(ExportRecords.Told to, Enum? value) =>
        value is null ? null : CellText.Of(to.Language, value);

    private static string YesOrNo(ExportRecords.Told to, bool isSo) => CellText.YesOrNo(to.Language, isSo);
}
