using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Pipeline.Data;
using Pipeline.Domain.Projects;
using Pipeline.Domain.Rules;
using Pipeline.Store.Integration;

namespace Pipeline.Store.Projects;

/// <summary>A project as a caller may have it; written as JSON it is a <see cref="ProjectView"/>. Lists, single records and files all tell of it, so that none tells more than another.</summary>
[JsonConverter(typeof(ToldProjectConverter))]
public sealed class ToldProject
{
    private readonly RuleSet rules;
    private readonly DateOnly today;
    private StoredFacts? facts;

    private ToldProject(ProjectRow row, bool whole, RuleSet rules, DateOnly today)
    {
        Row = row;
        IsWhole = whole;
        this.rules = rules;
        this.today = today;
    }

    public ProjectRow Row { get; }

    /// <summary>Whether everything is told; else the public summary alone: code, name, stage, owner, the investors' names, amount and industry.</summary>
    public bool IsWhole { get; }

    public StoredFacts Facts => facts ??= new StoredFacts(Row.Facts);

    /// <summary>The people, where they are told.</summary>
    public PersonalFacts? People { get; private init; }

    /// <summary>What may be done, and what the next move lacks; of a single record only.</summary>
    public IReadOnlyList<string>? AllowedActions { get; private init; }
    public IReadOnlyList<MissingMember>? Missing { get; private init; }

    /// <summary>The caller's own reference to it; of a single record only.</summary>
    public ExternalRef? Reference { get; private init; }

    public long Version => IsWhole ? Row.Version : Row.PublicVersion;

    public DateTimeOffset UpdatedAt => IsWhole ? Row.UpdatedAt : Row.PublicUpdatedAt;

    public Light Light => Row.Days.On(today);

    // That a project matched another unit's is for the centre's eyes: the owner must not be able to probe by editing (R10a, R20).
    private bool ShowsReview { get; init; }

    /// <summary>The representation for lists, or for a single record with what may be done.</summary>
    public static ToldProject To(
        Caller caller,
        ProjectRow row,
        RuleSet rules,
        DateOnly today,
        bool single = false,
        ExternalRef? reference = null,
        bool referred = false
    )
    {
        var relation = row.RelationOf(caller);
        var whole = relation is Relations.Own or Relations.City or Relations.Partner;
        if (!single)
            return new ToldProject(row, whole, rules, today)
            {
                ShowsReview = relation == Relations.City && row.UnderReview,
            };
        var actions = ProjectActions.Of(row, caller, relation, rules, today);
        if (referred)
            actions.Add(ProjectActions.ReadReferrer);
        return new ToldProject(row, whole, rules, today)
        {
            ShowsReview = relation == Relations.City && row.UnderReview,

            // Who negotiates beside the owner reads the facts; the people the owner knows stay the owner's.
            People = whole && relation != Relations.Partner ? row.People : null,
            AllowedActions = actions,
            Reference = reference,
            Missing = actions.Any(action => action.StartsWith("move-to-", StringComparison.Ordinal))
                ?
                [
                    .. Domain
                        .Projects.Moves.Missing(row.At)
                        .Select(missing => new MissingMember(missing.To, missing.Field)),
                ]
                : [],
        };
    }

    /// <summary>Everything, as what a former owner keeps: nothing can be done with it.</summary>
    public static ToldProject ToKeep(ProjectRow row, RuleSet rules, DateOnly today) =>
        new(row, true, rules, today)
        {
            People = row.People,
            AllowedActions = [],
            Missing = [],
        };

    /// <summary>What a former owner keeps: the project as it stood, and when that was.</summary>
    public static (JsonNode Body, long Version) Kept(ProjectRow row)
    {
        var snapshot = JsonNode.Parse(row.Snapshot!)!.AsObject();
        snapshot["asOf"] = Json.Node(row.LostAt!.Value);
        return (snapshot, snapshot["version"]!.GetValue<long>());
    }

    /// <summary>What marks the project: by its facts, its moves, and how long it has stood.</summary>
    public IReadOnlyList<string> Flags()
    {
        var removal = Row.Days.RemovalOn <= today;
        var rateMissing = Row.Currency is { } currency && !rules.HasRate(currency);
        if (Row.Flags == "[]" && !removal && !ShowsReview && !rateMissing)
            return [];
        var flags = Json.Read<List<string>>(Row.Flags);
        if (removal)
            flags.Add("removal-proposed");
        if (ShowsReview)
            flags.Add("under-centre-review");
        if (rateMissing)
            flags.Add("rate-missing");
        return flags;
    }
}

/// <summary>Writes the members of a <see cref="ProjectView"/> in their order, the facts in the bytes in which they are stored.</summary>
public sealed class ToldProjectConverter : JsonConverter<ToldProject>
{
    private static readonly (byte[] Name, Fact Fact)[] PlainMembers =
    [
        .. PlainFact.All.Select(fact => (Encoding.UTF8.GetBytes(fact.Name), Projects.Fact.Of(fact))),
    ];

    public override ToldProject Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("A project is told, not read.");

    public override void Write(Utf8JsonWriter writer, ToldProject told, JsonSerializerOptions options)
    {
        var row = told.Row;
        var facts = told.Facts;
        writer.WriteStartObject();
        writer.WriteString("id"u8, row.Id);
        writer.WriteString("code"u8, row.Code);
        writer.WriteString("name"u8, row.Name);
        writer.WriteString("stage"u8, Slug.Of(row.At));
        Unit(writer, "owner"u8, row.OwnerId, row.OwnerName);
        if (!told.IsWhole)
        {
            Names(writer, facts);
            Fact(writer, "totalInvestment"u8, facts[Projects.Fact.TotalInvestment]);
            Fact(writer, "industryCode"u8, facts[Projects.Fact.IndustryCode]);
            writer.WriteBoolean("summary"u8, true);
        }
        else
        {
            Whole(writer, told, row, facts, options);
        }

        if (told.Reference is { } reference)
        {
            writer.WritePropertyName("externalRef"u8);
            JsonSerializer.Serialize(writer, reference, options);
        }

        writer.WriteNumber("version"u8, told.Version);
        if (told.IsWhole)
            Instant(writer, "createdAt"u8, row.CreatedAt);
        Instant(writer, "updatedAt"u8, told.UpdatedAt);
        if (told.AllowedActions is { } actions)
            Texts(writer, "allowedActions"u8, actions);
        if (told.Missing is { } missing)
        {
            writer.WriteStartArray("missing"u8);
            foreach (var (to, field) in missing)
            {
                writer.WriteStartObject();
                writer.WriteString("to"u8, Slug.Of(to));
                writer.WriteString("field"u8, field);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        if (told.IsWhole)
        {
            foreach (var (name, plain) in PlainMembers)
                Fact(writer, name, facts[plain]);
        }

        writer.WriteEndObject();
    }

    private static void Whole(
        Utf8JsonWriter writer,
        ToldProject told,
        ProjectRow row,
        StoredFacts facts,
        JsonSerializerOptions options
    )
    {
        if (row.FirstTalkId is { } first)
            Unit(writer, "firstTalk"u8, first, row.FirstTalkName!);
        else
            writer.WriteNull("firstTalk"u8);
        Fact(
            writer,
            "investors"u8,
            facts[Projects.Fact.Investors] is { IsEmpty: false } investors ? investors : "[]"u8
        );
        Fact(writer, "totalInvestment"u8, facts[Projects.Fact.TotalInvestment]);
        Fact(writer, "industryCode"u8, facts[Projects.Fact.IndustryCode]);
        Fact(writer, "nationalCode"u8, facts[Projects.Fact.NationalCode]);
        writer.WriteBoolean("secret"u8, row.Secret);
        Fact(writer, "chain"u8, facts[Projects.Fact.Chain]);
        writer.WriteBoolean("manufacturing"u8, Industries.IsManufacturing(facts.Text(Projects.Fact.IndustryCode)));
        writer.WriteBoolean("foreign"u8, facts.Foreign);
        Fact(writer, "landingPlace"u8, facts[Projects.Fact.LandingPlace]);
        Fact(
            writer,
            "provincialZone"u8,
            facts[Projects.Fact.ProvincialZone] is { IsEmpty: false } zone ? zone : "false"u8
        );
        if (told.People is { } people)
        {
            writer.WritePropertyName("contacts"u8);
            JsonSerializer.Serialize(writer, people.Contacts, options);
        }

        Fact(writer, "leaders"u8, facts[Projects.Fact.Leaders]);
        if (told.People is { Referrer: { } referrer })
            writer.WriteString("referrer"u8, referrer);
        else if (told.People is not null)
            Fact(writer, "referrer"u8, facts[Projects.Fact.Referrer]);
        writer.WriteStartObject("stageDates"u8);
        Date(writer, "inTalks"u8, row.InTalksOn);
        Date(writer, "signed"u8, row.SignedOn);
        Date(writer, "registered"u8, row.RegisteredOn);
        Date(writer, "started"u8, row.StartedOn);
        Date(writer, "inProduction"u8, row.InProductionOn);
        writer.WriteEndObject();
        Date(writer, "terminatedOn"u8, row.TerminatedOn);
        if (row.ClaimId is { } claim)
        {
            writer.WriteStartObject("claim"u8);
            writer.WriteString("id"u8, claim);
            writer.WriteString("status"u8, row.ClaimStatus);
            if (row.ClaimExpiresAt is { } expires)
                Instant(writer, "expiresAt"u8, expires);
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteNull("claim"u8);
        }

        if (row.PendingMoveId is { } move)
        {
            writer.WriteStartObject("pendingMove"u8);
            writer.WriteString("id"u8, move);
            writer.WriteString("to"u8, row.PendingMoveTo);
            writer.WriteString("status"u8, "pending"u8);
            writer.WriteEndObject();
        }

        writer.WriteString("light"u8, Slug.Of(told.Light));
        Texts(writer, "flags"u8, told.Flags());
        writer.WriteBoolean("reportRequired"u8, row.ReportRequired);
    }

    /// <summary>Of another unit's project only the investors' names.</summary>
    private static void Names(Utf8JsonWriter writer, StoredFacts facts)
    {
        writer.WriteStartArray("investors"u8);
        foreach (var investor in facts.Investors)
        {
            writer.WriteStartObject();
            if (investor.Name is { } name)
                writer.WriteString("name"u8, name);
            writer.WriteBoolean("primary"u8, investor.Primary);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Fact(Utf8JsonWriter writer, ReadOnlySpan<byte> name, ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty)
            return;
        writer.WritePropertyName(name);
        writer.WriteRawValue(json, skipInputValidation: true);
    }

    private static void Unit(Utf8JsonWriter writer, ReadOnlySpan<byte> member, string id, string name)
    {
        writer.WriteStartObject(member);
        writer.WriteString("id"u8, id);
        writer.WriteString("name"u8, name);
        writer.WriteEndObject();
    }

    private static void Texts(Utf8JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyList<string> texts)
    {
        writer.WriteStartArray(name);
        for (var at = 0; at < texts.Count; at++)
            writer.WriteStringValue(texts[at]);
        writer.WriteEndArray();
    }

    private static void Date(Utf8JsonWriter writer, ReadOnlySpan<byte> name, DateOnly? date)
    {
        if (date is not { } day)
            return;
        Span<byte> text = stackalloc byte[Iso.DateLength];
        Iso.Write(day, text);
        writer.WriteString(name, text);
    }

    private static void Instant(Utf8JsonWriter writer, ReadOnlySpan<byte> name, DateTimeOffset instant)
    {
        Span<byte> text = stackalloc byte[Iso.InstantLength];
        Iso.Write(instant, text);
        writer.WriteString(name, text);
    }
}
