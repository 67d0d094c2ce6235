using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Pipeline.Api.Features.Chains;
using Pipeline.Api.Features.Events;
using Pipeline.Api.Features.Financing;
using Pipeline.Api.Features.Land;
using Pipeline.Api.Http.Access;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Chains;
using Pipeline.Domain.Events;
using Pipeline.Domain.Financing;
using Pipeline.Domain.Land;
using Pipeline.Domain.Libraries;
using Pipeline.Domain.Rules;
using Pipeline.Store.Chains;
using Pipeline.Store.Events;
using Pipeline.Store.Financing;
using Pipeline.Store.Land;
using Pipeline.Store.Libraries;

namespace Pipeline.Api.Commands;

/// <summary>Land, chains, events and needs of the demo city, once, at the first start. All of it is invented, and says so.</summary>
public static class DemoResources
{
    private const string Made = "演示数据";

    private sealed class Parcel
    {
        public required string Unit { get; init; }
        public required string Place { get; init; }
        public required string Zone { get; init; }
        public string? ZoneName { get; init; }
        public decimal AreaM2 { get; init; }
        public string? Group { get; init; }
        public string? Cleared { get; init; }
        public required string Use { get; init; }
        public string? Classes { get; init; }
        public decimal? IntensityWan { get; init; }
        public decimal? OutputWan { get; init; }
        public decimal? TaxWan { get; init; }
        public DateOnly? From { get; init; }
        public decimal? PriceWan { get; init; }
        public required string Status { get; init; }
        public string? Note { get; init; }
    }

    private sealed class Node
    {
        public required string Chain { get; init; }
        public required string Position { get; init; }
        public required string Name { get; init; }
        public required string State { get; init; }
        public string? Classes { get; init; }
        public string? Note { get; init; }

        /// <summary>What projects of the register are called that belong on it, as most have no class.</summary>
        public string? Words { get; init; }
    }

    private sealed class Happening
    {
        public string? Organiser { get; init; }
        public required string Kind { get; init; }
        public required string Technology { get; init; }
        public required string Name { get; init; }
        public DateOnly StartsOn { get; init; }
        public DateOnly EndsOn { get; init; }
        public string? Place { get; init; }
        public string? Participants { get; init; }
        public string? Results { get; init; }
    }

    private sealed class Need
    {
        public required string Unit { get; init; }
        public required string Enterprise { get; init; }
        public required string Kind { get; init; }
        public string? Stage { get; init; }
        public string? Chain { get; init; }
        public decimal AmountWan { get; init; }
        public DateOnly? ValidUntil { get; init; }
        public string? Match { get; init; }
    }

    public static Task Seed(Database database, RuleBooks ruleBooks, string folder) =>
        database.WriteAnyway(async session =>
        {
            await session.Lock(LockName.Seed);
            if (await session.One<string>("SELECT value FROM settings WHERE name = 'demo-resources'") is not null)
                return false;
            await session.Lock(LockName.Resources);
            var by = (
                await Callers.Person(
                    session,
                    (await session.One<string>("SELECT id FROM users WHERE username = 'centre'"))!
                )
            )!;
            var units = (await JurisdictionRow.All(session)).ToDictionary(
                unit => unit.Code,
                unit => unit.Id,
                StringComparer.Ordinal
            );
            foreach (var line in Read<Parcel>(folder, "parcels.csv").Where(line => units.ContainsKey(line.Unit)))
                await Add(session, by, units[line.Unit], line);
            var rules = await ruleBooks.Current(session);
            foreach (var chain in Read<Node>(folder, "chains.csv").GroupBy(line => line.Chain))
                await Add(session, by, chain.Key, [.. chain], rules);
            foreach (var line in Read<Happening>(folder, "events.csv"))
                await Add(session, by, line, units);
            var party = await session.One<LibraryRow>(
                $"SELECT {LibraryRow.Columns} {LibraryRow.From} WHERE e.library IN ('institutions', 'funds') AND e.city_visible = 1 AND e.retired_at IS NULL ORDER BY e.seq"
            );
            foreach (var line in Read<Need>(folder, "needs.csv").Where(line => units.ContainsKey(line.Unit)))
                await Add(session, by, units[line.Unit], line, party, rules.Id);
            await session.Execute("INSERT INTO settings (name, value) VALUES ('demo-resources', 'seeded')");
            return true;
        });

    private static async Task Add(Session session, Caller by, string unit, Parcel line)
    {
        var id = await StoreParcel.Add(
            session,
            by,
            unit,
            new ParcelBody
            {
                Place = line.Place,
                Zone = Slug.To<ZoneRank>(line.Zone),
                ZoneName = line.ZoneName,
                AreaM2 = line.AreaM2,
                ContiguousGroup = line.Group,
                Cleared = Flag(line.Cleared),
                Use = Slug.To<LandUse>(line.Use),
                IndustryClasses = Words(line.Classes, ' '),
                MinIntensity = Wan(line.IntensityWan),
                MinOutput = Wan(line.OutputWan),
                MinTax = Wan(line.TaxWan),
                From = line.From,
                PricePerMu = Wan(line.PriceWan),
                Note = line.Note,
            }
        );
        if (line.Status == "offered")
            await StoreParcel.Proceed(
                session,
                (await ParcelRow.ById(session, by, id))!,
                ParcelStatus.Offered,
                ParcelStatus.Offered,
                null,
                null
            );
    }

    private static async Task Add(Session session, Caller by, string name, List<Node> nodes, RuleSet rules)
    {
        var id = Ids.New();
        await KeepChain.Store(session, by, id, new KeepChain.Request { Name = name, Note = Made });
        foreach (var (place, line) in nodes.Index())
            await StoreNode.Put(
                session,
                id,
                place,
                new NodeBody
                {
                    Position = Slug.To<NodePosition>(line.Position),
                    Name = line.Name,
                    State = Slug.To<NodeState>(line.State),
                    IndustryClasses = Words(line.Classes, ' '),
                    Note = line.Note,
                }
            );

        // Nodes that are there already have projects of the register on them.
        var joined = new HashSet<string>(StringComparer.Ordinal);
        foreach (
            var node in await session.Query<ChainNodeRow>(
                $"{ChainNodeRow.Select} WHERE n.chain_id = @id AND n.state IN ('strong', 'weak') ORDER BY n.place",
                new { id }
            )
        )
        {
            var landed = new List<string>();
            if (nodes.Find(line => line.Name == node.Name)?.Words is { } words)
                landed.AddRange(
                    await session.Query<string>(
                        "SELECT id FROM projects WHERE stage IN ('registered', 'started', 'in-production') AND secret = 0 AND name LIKE @words ORDER BY seq",
                        new { words = $"%{words}%" }
                    )
                );
            foreach (var code in node.ClassList)
                landed.AddRange(
                    await session.Query<string>(
                        "SELECT id FROM projects WHERE stage IN ('registered', 'started', 'in-production') AND secret = 0 AND industry_code LIKE @code ORDER BY seq",
                        new { code = code + "%" }
                    )
                );
            foreach (var project in landed.Where(joined.Add).Take(2))
                await ProjectNodes.Store(session, by, (await LoadProject.ById(session, project))!, node, rules);
        }
    }

    private static async Task Add(Session session, Caller by, Happening line, IReadOnlyDictionary<string, string> units)
    {
        var organiser = line.Organiser is { Length: > 0 } code ? units.GetValueOrDefault(code) : null;
        var id = await StoreEvent.Add(
            session,
            by,
            organiser,
            new EventBody
            {
                Kind = Slug.To<EventKind>(line.Kind),
                Technology = line.Technology == "yes",
                Name = line.Name,
                StartsOn = line.StartsOn,
                EndsOn = line.EndsOn,
                Place = line.Place,
                Participants = Words(line.Participants, '|'),
                Note = Made,
            }
        );
        foreach (var result in Words(line.Results, '|').Select(text => text.Split(':')))
            await KeepResult.Store(
                session,
                by,
                Ids.New(),
                id,
                organiser,
                null,
                new KeepResult.Request { Kind = Slug.To<ResultKind>(result[0]), Title = result[1] }
            );
    }

    private static async Task Add(
        Session session,
        Caller by,
        string unit,
        Need line,
        LibraryRow? party,
        string ruleSetId
    )
    {
        var id = await StoreNeed.Add(
            session,
            by,
            unit,
            new NeedBody
            {
                Enterprise = line.Enterprise,
                Kind = Slug.To<NeedKind>(line.Kind),
                Stage = line.Stage is { Length: > 0 } stage ? Slug.To<FundStage>(stage) : null,
                Chain = line.Chain,
                Amount = Wan(line.AmountWan),
                ValidUntil = line.ValidUntil,
                Note = Made,
            }
        );
        if (party is null || line.Match is not { Length: > 0 } match)
            return;
        var matchId = Ids.New();
        await ProposeMatch.Store(session, by, matchId, id, party, Made);
        var (to, got) = match.Split(':') is [var state, var wan]
            ? (Slug.To<MatchState>(state), Wan(decimal.Parse(wan, CultureInfo.InvariantCulture)))
            : (Slug.To<MatchState>(match), null);
        MatchState[] way =
            to == MatchState.Dropped
                ? [MatchState.Dropped]
                : [.. Enum.GetValues<MatchState>().Where(step => step > MatchState.Proposed && step <= to)];
        foreach (var step in way)
            await AdvanceMatch.Store(
                session,
                by,
                (await MatchRow.For(session, by, matchId))!,
                new AdvanceMatch.Request
                {
                    To = step,
                    Note = Made,
                    Amount = step == MatchState.Financed ? got : null,
                },
                ruleSetId
            );
    }

    private static bool? Flag(string? text) =>
        text switch
        {
            "yes" => true,
            "no" => false,
            _ => null,
        };

    private static string[] Words(string? text, char between) =>
        (text ?? "").Split(between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static Money? Wan(decimal? amount) => amount is { } wan ? new Money(wan * 10_000m, "CNY") : null;

    private static List<T> Read<T>(string folder, string file)
    {
        using var reader = new StreamReader(Path.Combine(folder, file));
        using var csv = new CsvReader(
            reader,
            new CsvConfiguration(CultureInfo.InvariantCulture)
            {
                PrepareHeaderForMatch = header => header.Header == "node" ? "name" : header.Header.ToLowerInvariant(),
            }
        );
        csv.Context.TypeConverterOptionsCache.GetOptions<string>().NullValues.Add("");
        return [.. csv.GetRecords<T>()];
    }
}
