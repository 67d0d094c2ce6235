using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Imports;
using Pipeline.Domain.Libraries;

namespace Pipeline.Api.Features.Imports;

/// <summary>Takes entries of libraries in (R130), each into the library that its row names, under the rules of the single call. Contacts are typed in or pushed, never read from sheets.</summary>
internal sealed class TakeLibraryEntries(Session session, Caller caller, bool dryRun) : ITakeRecords
{
    private IReadOnlyList<JurisdictionRow>? units;

    public Task End() => Task.CompletedTask;

    public async Task<TakenRecord> Take(RecordCells cells)
    {
        units ??= await JurisdictionRow.All(session);
        return cells.Choice<Library>(RecordFields.LibraryColumn) switch
        {
            Library.Institutions => await Take<InstitutionDetails, InstitutionRules>(cells),
            Library.Funds => await Take<FundDetails, FundRules>(cells),
            Library.Experts => await Take<ExpertDetails, ExpertRules>(cells),
            Library.Intermediaries => await Take<IntermediaryDetails, IntermediaryRules>(cells),
            Library.TargetEnterprises => await Take<TargetEnterpriseDetails, TargetEnterpriseRules>(cells),
            Library.TechEnterprises => await Take<TechEnterpriseDetails, TechEnterpriseRules>(cells),
            Library.ForeignEnterprises => await Take<ForeignEnterpriseDetails, ForeignEnterpriseRules>(cells),
            _ => TakenRecord.Refused([.. cells.Errors]),
        };
    }

    private async Task<TakenRecord> Take<TDetails, TRules>(RecordCells cells)
        where TDetails : class, ILibraryDetails
        where TRules : LibraryBodyRules<TDetails>, new()
    {
        var body = new JsonObject
        {
            ["name"] = cells.Required("name", 200),
            ["uscc"] = cells.Text("uscc", 30),
            ["chain"] = cells.Text("chain", 100),
            ["note"] = cells.Text("note", 2000),
            ["keeperId"] = KeeperOf(cells),
            ["visibility"] = Slug.Of(cells.Choice<EntryVisibility>("visibility", required: false) ?? default),
            ["details"] = DetailsOf<TDetails>(cells),
        };
        if (cells.Text("tags", 1000) is { } tags)
            body["tags"] = new JsonArray([.. RecordCells.Split(tags).Select(tag => (JsonNode)JsonValue.Create(tag))]);
        if (cells.Errors.Count > 0)
            return TakenRecord.Refused([.. cells.Errors]);
        var parsed = Call.Parse<LibraryBody<TDetails>>(body, Validation.Of<TRules>(), session.Today);
        if (parsed.Refusal is { } malformed)
            return TakenRecord.Refused([
                .. malformed.Errors.Select(error =>
                    error with
                    {
                        Field = error.Field.Replace("details.", "", StringComparison.Ordinal),
                    }
                ),
            ]);
        var keeper = await StoreEntry.Keeper(session, caller, parsed.Value!.KeeperId);
        if (keeper.Refusal is { } notTheirs)
            return TakenRecord.Refused([
                .. notTheirs.Errors.Select(error => error with { Field = RecordFields.KeeperColumn }),
            ]);
        if (await StoreEntry.Same(session, caller, parsed.Value) is { } same)
            return Saying(same.Body<TDetails>(session), keeper.Value) == Saying(parsed.Value, keeper.Value)
                ? new TakenRecord(RecordOutcome.Unchanged, same.Id, [])
                : TakenRecord.Refused((await StoreEntry.WhyNot(session, caller, parsed.Value))!);
        if (dryRun)
            return new TakenRecord(RecordOutcome.Accepted, null, []);
        return new TakenRecord(
            RecordOutcome.Accepted,
            await StoreEntry.Add(session, caller, parsed.Value, keeper.Value),
            [],
            new RecordTrace(1, Slug.Of(TDetails.Library))
        );
    }

    /// <summary>What a sheet can say of an entry.</summary>
    private static string Saying<TDetails>(LibraryBody<TDetails> body, string? keeper)
        where TDetails : class, ILibraryDetails =>
        Json.Write(body with { Contacts = null, KeeperId = body.KeeperId ?? keeper, Tags = body.Tags ?? [] });

    /// <summary>The unit that a cell names as keeper; null where it names none, or the centre.</summary>
    private string? KeeperOf(RecordCells cells) =>
        cells.Unit(RecordFields.KeeperColumn, units!) is { } unit
        && Slug.To<JurisdictionKind>(unit.Kind) != JurisdictionKind.Centre
            ? unit.Id
            : null;

    /// <summary>What stands in the columns of this library's own facts; a cell of another library's is told.</summary>
    private static JsonObject DetailsOf<TDetails>(RecordCells cells)
    {
        var own = typeof(TDetails)
            .GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .ToDictionary(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name));
        var details = new JsonObject();
        foreach (var field in RecordFields.LibraryDetails)
        {
            if (cells.Text(field.Key, 200) is not { } text)
                continue;
            if (!own.TryGetValue(field.Key, out var property))
                cells.Errors.Add(new FieldError(field.Key, "not-of-library"));
            else
                details[field.Key] = Value(cells, field.Key, text, property.PropertyType);
        }

        return details;
    }

    private static JsonNode? Value(RecordCells cells, string key, string text, Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain == typeof(DateOnly))
            return cells.Day(key) is { } day ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null;
        if (plain == typeof(Money))
            return cells.Amount(key, assumed: null) is { } money ? Json.Node(money) : null;
        if (plain.IsEnum)
            return ChoiceOf(cells, key, text, plain);
        if (plain == typeof(IReadOnlyList<FundStage>))
            return new JsonArray([
                .. RecordCells.Split(text).Select(part => ChoiceOf(cells, key, part, typeof(FundStage))),
            ]);
        if (plain != typeof(decimal))
            return text;
        if (
            decimal.TryParse(
                text.TrimEnd('倍'),
                NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out var number
            )
        )
            return number;
        cells.Errors.Add(new FieldError(key, "number"));
        return null;
    }

    private static JsonNode? ChoiceOf(RecordCells cells, string key, string text, Type type)
    {
        var plain = Written.Bare(text);
        foreach (var value in Enum.GetValues(type).Cast<Enum>())
        {
            var slug = JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
            if (
                new[]
                {
                    slug,
                    Messages.Text(Messages.Chinese, Messages.KeyOf(value)),
                    Messages.Text(Messages.English, Messages.KeyOf(value)),
                }.Any(word => Written.Bare(word) == plain)
            )
                return slug;
        }

        var choices = Enum.GetNames(type).Select(JsonNamingPolicy.KebabCaseLower.ConvertName);
        cells.Errors.Add(new FieldError(key, "choice", string.Join(", ", choices)));
        return null;
    }
}
