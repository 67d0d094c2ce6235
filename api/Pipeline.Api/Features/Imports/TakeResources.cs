using System.Globalization;
using System.Text.Json.Nodes;
using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Chains;
using Pipeline.Domain.Events;
using Pipeline.Domain.Financing;
using Pipeline.Domain.Imports;
using Pipeline.Domain.Land;
using Pipeline.Domain.Libraries;
using Pipeline.Store.Chains;
using Pipeline.Store.Events;
using Pipeline.Store.Financing;
using Pipeline.Store.Land;

namespace Pipeline.Api.Features.Imports;

/// <summary>Takes land (R132), nodes of chains (R133), events (R134) and needs of financing (R135) in, under the rules of the single call. What is there already and says something else is left as it is, and told.</summary>
internal sealed class TakeResources(Session session, Caller caller, RecordKind kind, bool dryRun) : ITakeRecords
{
    private readonly Dictionary<string, ChainRow> changedChains = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> nodesOf = new(StringComparer.Ordinal);
    private readonly HashSet<string> tried = new(StringComparer.Ordinal);
    private IReadOnlyList<JurisdictionRow>? units;

    /// <summary>A chain that got nodes counts as changed once, however many they are.</summary>
    public async Task End()
    {
        foreach (var chain in changedChains.Values)
            await StoreNode.Touch(session, chain);
    }

    public async Task<TakenRecord> Take(RecordCells cells)
    {
        units ??= await JurisdictionRow.All(session);
        return kind switch
        {
            RecordKind.Parcels => await Parcel(cells),
            RecordKind.ChainNodes => await Node(cells),
            RecordKind.Events => await Event(cells),
            _ => await Need(cells),
        };
    }

    private async Task<TakenRecord> Parcel(RecordCells cells)
    {
        var status = cells.Choice<ParcelStatus>("status", required: false);
        if (status is not (null or ParcelStatus.Reserve or ParcelStatus.Offered))
            status = null;
        var body = new JsonObject
        {
            ["jurisdictionId"] = cells.Unit("jurisdiction", units!)?.Id,
            ["place"] = cells.Required("place", 200),
            ["zone"] = Chosen(cells.Choice<ZoneRank>("zone", required: false)),
            ["zoneName"] = cells.Text("zoneName", 100),
            ["areaM2"] = Area(cells),
            ["contiguousGroup"] = cells.Text("contiguousGroup", 60),
            ["cleared"] = cells.Flag("cleared"),
            ["use"] = Chosen(cells.Choice<LandUse>("use", required: false)),
            ["industryClasses"] = Listed(cells, "industryClasses"),
            ["minIntensity"] = Yuan(cells, "minIntensity"),
            ["minOutput"] = Yuan(cells, "minOutput"),
            ["minTax"] = Yuan(cells, "minTax"),
            ["from"] = DayOf(cells, "from"),
            ["pricePerMu"] = Yuan(cells, "pricePerMu"),
            ["note"] = cells.Text("note", 2000),
        };
        if (Read<ParcelBody, ParcelBodyRules>(cells, body) is not { } parcel)
            return TakenRecord.Refused([.. cells.Errors]);
        var unit = await KeeperUnit.Of(session, caller, parcel.JurisdictionId);
        if (unit.Refusal is { } nobody)
            return RefusedFor("jurisdiction", nobody);
        if (await StoreParcel.FindSame(session, caller, unit.Value, parcel.Place!) is { } same)
            return Known(same.Id, same.Place, StoreParcel.FactsOf(same), parcel with { JurisdictionId = unit.Value });
        if (IsRepeated(unit.Value, parcel.Place!))
            return TakenRecord.Refused(new FieldError("place", "row-repeated"));
        if (dryRun)
            return Tried;
        var id = await StoreParcel.Add(session, caller, unit.Value, parcel);
        if (status == ParcelStatus.Offered)
            await StoreParcel.Proceed(
                session,
                (await ParcelRow.ById(session, caller, id))!,
                ParcelStatus.Offered,
                ParcelStatus.Offered,
                null,
                null
            );
        return Accepted(id, status == ParcelStatus.Offered ? 2 : 1);
    }

    /// <summary>The area in m²: as stated, or of the mu; where both are stated they must say the same, to the hundredth of a mu.</summary>
    private static decimal? Area(RecordCells cells)
    {
        var (squareMetres, mu) = (cells.Number("areaM2"), cells.Number("mu"));
        if (squareMetres is { } area && mu is { } stated && Math.Abs(LandArea.ToMu(area) - stated) > 0.01m)
            cells.Errors.Add(new FieldError("mu", "area-differs", area, decimal.Round(LandArea.ToMu(area), 2)));
        return squareMetres ?? (mu is { } of ? decimal.Round(of * 2000m / 3m, 2, MidpointRounding.AwayFromZero) : null);
    }

    private async Task<TakenRecord> Node(RecordCells cells)
    {
        var named = cells.Required("chain", 100);
        var body = new JsonObject
        {
            ["position"] = Chosen(cells.Choice<NodePosition>("position")),
            ["name"] = cells.Required("name", 100),
            ["state"] = Chosen(cells.Choice<NodeState>("state")),
            ["industryClasses"] = Listed(cells, "industryClasses"),
            ["note"] = cells.Text("note", 2000),
        };
        if (Read<NodeBody, NodeBodyRules>(cells, body) is not { } node)
            return TakenRecord.Refused([.. cells.Errors]);
        if (
            await session.One<ChainRow>($"{ChainRow.Select} WHERE c.name = @named", new { named }) is not { } chain
            || !Permissions.Allows(caller, Act.TendChains, chain.RelationOf(caller))
        )
            return TakenRecord.Refused(new FieldError("chain", "chain-not-yours"));
        var nodes = await session.Query<ChainNodeRow>(
            $"{ChainNodeRow.Select} WHERE n.chain_id = @id ORDER BY n.place",
            new { id = chain.Id }
        );
        var sought = SearchText.Of(node.Name!);
        if (nodes.FirstOrDefault(each => SearchText.Of(each.Name) == sought) is { } same)
            return Known(same.Id, same.Name, StoreNode.FactsOf(same) with { Id = null }, node);
        if (IsRepeated(chain.Id, node.Name!))
            return TakenRecord.Refused(new FieldError("name", "row-repeated"));
        var place = nodesOf[chain.Id] = Math.Max(nodesOf.GetValueOrDefault(chain.Id), nodes.Count) + 1;
        if (place > StoreNode.MostNodes)
            return TakenRecord.Refused(new FieldError("chain", "count", StoreNode.MostNodes));
        if (dryRun)
            return Tried;
        changedChains[chain.Id] = chain;
        return new TakenRecord(
            RecordOutcome.Accepted,
            await StoreNode.Put(session, chain.Id, place - 1, node),
            [],
            new RecordTrace(0, Facts: Stated(node))
        );
    }

    private async Task<TakenRecord> Event(RecordCells cells)
    {
        var body = new JsonObject
        {
            ["organiserId"] = Reporting(cells.Unit("organiser", units!)),
            ["kind"] = Chosen(cells.Choice<EventKind>("kind")),
            ["technology"] = cells.Flag("technology"),
            ["name"] = cells.Required("name", 200),
            ["startsOn"] = DayOf(cells, "startsOn"),
            ["endsOn"] = DayOf(cells, "endsOn"),
            ["place"] = cells.Text("place", 200),
            ["participants"] = Listed(cells, "participants"),
            ["note"] = cells.Text("note", 2000),
        };
        if (Read<EventBody, EventBodyRules>(cells, body) is not { } held)
            return TakenRecord.Refused([.. cells.Errors]);
        var organiser = await StoreEvent.OrganiserOf(session, caller, held.OrganiserId);
        if (organiser.Refusal is { } nobody)
            return RefusedFor("organiser", nobody);
        if (await StoreEvent.FindSame(session, organiser.Value, held.Name!, held.StartsOn!.Value) is { } same)
            return Known(
                same.Id,
                same.Name,
                StoreEvent.FactsOf(same),
                held with
                {
                    OrganiserId = organiser.Value,
                    Technology = held.Technology ?? false,
                    EndsOn = held.EndsOn ?? held.StartsOn,
                }
            );
        var day = held.StartsOn.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (IsRepeated(organiser.Value ?? "", $"{day} {held.Name}"))
            return TakenRecord.Refused(new FieldError("name", "row-repeated"));
        return dryRun ? Tried : Accepted(await StoreEvent.Add(session, caller, organiser.Value, held), 1);
    }

    private async Task<TakenRecord> Need(RecordCells cells)
    {
        string? project = null;
        if (cells.Text(RecordFields.Code, 40) is { } code)
        {
            project = await session.One<string>("SELECT id FROM projects WHERE code = @code", new { code });
            if (project is null)
                cells.Errors.Add(new FieldError(RecordFields.Code, "project-unknown"));
        }

        var body = new JsonObject
        {
            ["jurisdictionId"] = cells.Unit("jurisdiction", units!)?.Id,
            ["projectId"] = project,
            ["enterprise"] = cells.Text("enterprise", 200),
            ["kind"] = Chosen(cells.Choice<NeedKind>("kind")),
            ["stage"] = Chosen(cells.Choice<FundStage>("stage", required: false)),
            ["chain"] = cells.Text("chain", 100),
            ["amount"] = cells.Amount(RecordFields.Amount) is { } amount ? Json.Node(amount) : null,
            ["validUntil"] = DayOf(cells, "validUntil"),
            ["note"] = cells.Text("note", 2000),
        };
        if (Read<NeedBody, NeedBodyRules>(cells, body) is not { } need)
            return TakenRecord.Refused([.. cells.Errors]);
        var unit = await StoreNeed.UnitOf(session, caller, need);
        if (unit.Refusal is { } nobody)
            return nobody.Kind == RefusalKind.NotFound
                ? TakenRecord.Refused(new FieldError(RecordFields.Code, "project-unknown"))
                : RefusedFor("jurisdiction", nobody);
        need = need with { JurisdictionId = unit.Value };
        if (await StoreNeed.FindSame(session, caller, unit.Value, need) is { } same)
            return Known(same.Id, same.Enterprise ?? same.ProjectName ?? "", StoreNeed.FactsOf(same), need);
        if (IsRepeated(unit.Value, $"{need.ProjectId}{need.Enterprise} {need.Kind} {need.Amount}"))
            return TakenRecord.Refused(new FieldError(RecordFields.Amount, "row-repeated"));
        return dryRun ? Tried : Accepted(await StoreNeed.Add(session, caller, unit.Value, need), 1);
    }

    /// <summary>The record that a row tells, if nothing is wrong with its cells.</summary>
    private TBody? Read<TBody, TRules>(RecordCells cells, JsonObject body)
        where TBody : class
        where TRules : IValidator<TBody>, new()
    {
        if (cells.Errors.Count > 0)
            return null;
        foreach (var nothing in body.Where(member => member.Value is null).Select(member => member.Key).ToList())
            body.Remove(nothing);
        var parsed = Call.Parse<TBody>(body, Validation.Of<TRules>(), session.Today);
        cells.Errors.AddRange(parsed.Refusal?.Errors ?? []);
        return parsed.Value;
    }

    /// <summary>Whether an earlier row of the sheet was the same: on trial nothing is stored that would tell.</summary>
    private bool IsRepeated(string of, string name) => !tried.Add($"{of} {SearchText.Of(name)}");

    /// <summary>What a row says that is there already: the same, or something else, which a person has to look at.</summary>
    private static TakenRecord Known<TBody>(string id, string name, TBody there, TBody said) =>
        JsonNode.DeepEquals(Stated(there), Stated(said))
            ? new TakenRecord(RecordOutcome.Unchanged, id, [])
            : new TakenRecord(RecordOutcome.Rejected, id, [new FieldError("", "record-differs", name)]);

    /// <summary>What a record states; an empty list states nothing.</summary>
    internal static JsonObject Stated<TBody>(TBody body)
    {
        var facts = Json.Node(body)!.AsObject();
        foreach (
            var nothing in facts
                .Where(fact => fact.Value is null or JsonArray { Count: 0 })
                .Select(fact => fact.Key)
                .ToList()
        )
            facts.Remove(nothing);
        return facts;
    }

    private static TakenRecord Tried => new(RecordOutcome.Accepted, null, []);

    private static TakenRecord Accepted(string id, long version) =>
        new(RecordOutcome.Accepted, id, [], new RecordTrace(version));

    private static TakenRecord RefusedFor(string column, Refusal refusal) =>
        refusal.Errors.Count == 0
            ? TakenRecord.Refused(refusal)
            : TakenRecord.Refused([.. refusal.Errors.Select(error => error with { Field = column })]);

    /// <summary>The unit as who holds an event; the centre holds its own without being named.</summary>
    private static string? Reporting(JurisdictionRow? unit) =>
        unit is null || Slug.To<JurisdictionKind>(unit.Kind) == JurisdictionKind.Centre ? null : unit.Id;

    private static string? Chosen<T>(T? choice)
        where T : struct, Enum => choice is { } value ? Slug.Of(value) : null;

    private static string? DayOf(RecordCells cells, string key) =>
        cells.Text(key, 40) is null ? null : cells.Day(key)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static JsonNode? Yuan(RecordCells cells, string key) =>
        cells.Text(key, 60) is null ? null
        : cells.Amount(key) is { } money ? Json.Node(money)
        : null;

    private static JsonArray? Listed(RecordCells cells, string key) =>
        cells.Parts(key) is { Count: > 0 } parts
            ? new JsonArray([.. parts.Select(part => (JsonNode)JsonValue.Create(part))])
            : null;
}
