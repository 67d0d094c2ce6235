using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Land;
using Pipeline.Domain.Matching;
using Pipeline.Store.Land;

namespace Pipeline.Api.Features.Land;

/// <summary>Puts a parcel of land on record, and changes its facts (R132).</summary>
public static class KeepParcel
{
    public const int MostClasses = 40;

    /// <summary>The facts of a parcel. What is left out is not known.</summary>
    public sealed record Request
    {
        /// <summary>The unit that keeps it: the caller's own; for the centre to say.</summary>
        public string? JurisdictionId { get; init; }
        public string? Place { get; init; }

        /// <summary>Whether it lies in a development zone of provincial rank.</summary>
        public ZoneRank? Zone { get; init; }
        public string? ZoneName { get; init; }

        /// <summary>At most two decimals.</summary>
        public decimal? AreaM2 { get; init; }

        /// <summary>What parcels of a unit that lie in one piece have in common.</summary>
        public string? ContiguousGroup { get; init; }
        public bool? Cleared { get; init; }
        public LandUse? Use { get; init; }

        /// <summary>Classes of industry that may come, by their first two to four digits; none: nobody stated any.</summary>
        public IReadOnlyList<string>? IndustryClasses { get; init; }

        /// <summary>Investment per mu at least, in yuan.</summary>
        public Money? MinIntensity { get; init; }

        /// <summary>Output per mu and year at least, in yuan.</summary>
        public Money? MinOutput { get; init; }

        /// <summary>Tax per mu and year at least, in yuan.</summary>
        public Money? MinTax { get; init; }

        /// <summary>The day from which it can be had.</summary>
        public DateOnly? From { get; init; }

        /// <summary>In yuan.</summary>
        public Money? PricePerMu { get; init; }
        public string? Note { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.JurisdictionId).RecordId();
            RuleFor(request => request.Place).Required().Line(200);
            RuleFor(request => request.ZoneName).Line(100);
            RuleFor(request => request.AreaM2).NotNull().Coded("required");
            RuleFor(request => request.AreaM2)
                .Must(area => area is null or (> 0 and <= 1_000_000_000) && decimal.Round(area ?? 0, 2) == (area ?? 0))
                .Coded("area");
            RuleFor(request => request.ContiguousGroup).Line(60);
            RuleFor(request => request.IndustryClasses).AtMost(MostClasses);
            RuleForEach(request => request.IndustryClasses)
                .Cascade(CascadeMode.Continue)
                .Must(code => code is { Length: >= 2 and <= 4 } && code.All(char.IsAsciiDigit))
                .Coded("industry-digits");
            RuleFor(request => request.MinIntensity).Yuan();
            RuleFor(request => request.MinOutput).Yuan();
            RuleFor(request => request.MinTax).Yuan();
            RuleFor(request => request.From).Day();
            RuleFor(request => request.PricePerMu).Yuan();
            RuleFor(request => request.Note).Text(2000);
        }
    }

    private static void Yuan(this IRuleBuilder<Request, Money?> rule) =>
        rule.Amount().Must(money => money is null || money.Value.Currency == "CNY").Coded("yuan");

    public static async Task<IResult> Add(Call call, RuleBooks ruleBooks)
    {
        var body = await call.Body(Validation.Of<Validator>());
        return await call.Write(async session =>
        {
            if (body.Refusal is { } malformed)
                return malformed;
            var (caller, request) = (call.Caller, body.Value!);
            var unit = await KeeperUnit.Of(session, caller, request.JurisdictionId);
            if (unit.Refusal is { } nobody)
                return nobody;
            await session.Lock(LockName.Resources);
            var id = Ids.New();
            await Store(session, caller, id, unit.Value, request);
            return await ReadParcels.Told(session, caller, ruleBooks, id, 201);
        });
    }

    /// <summary>Stores a parcel that was checked. The caller holds the lock.</summary>
    internal static Task Store(Session session, Caller by, string id, string unit, Request request)
    {
        var values = Values(request);
        values.Add("id", id);
        values.Add("unit", unit);
        values.Add("by", by.UserId);
        values.Add("byName", by.DisplayName);
        values.Add("now", session.Now);
        return session.Execute(Insert, values);
    }

    public static async Task<IResult> Edit(string id, Call call, RuleBooks ruleBooks)
    {
        var body = await call.Patch();
        return await call.Write(async session =>
        {
            Request? request = null;
            await session.Lock(LockName.Resources);
            var taken = await StepParcel.Take(call, session, id, ParcelStep.Edit, row =>
            {
                if (body.Refusal is { } malformed)
                    return malformed;
                var merged = Call.Parse(
                    Json.MergePatch(Json.Node(FactsOf(row)), body.Value)!,
                    Validation.Of<Validator>(),
                    session.Today
                );
                request = merged.Value;
                return merged.Refusal
                    ?? (
                        request!.JurisdictionId == row.JurisdictionId
                            ? null
                            : Refusal.Invalid(new FieldError("jurisdictionId", "fixed"))
                    );
            });
            if (taken.Refusal is { } refusal)
                return refusal;
            session.Note(
                new AuditEntry("edit-parcel")
                {
                    SubjectKind = "parcel",
                    SubjectId = id,
                    Changes = AuditEntry.Between(Json.Node(FactsOf(taken.Value)), Json.Node(request)),
                }
            );
            var values = Values(request!);
            values.Add("id", id);
            values.Add("version", taken.Value.Version);
            values.Add("now", session.Now);
            await session.ExecuteOnOne(Update, values);
            return await ReadParcels.Told(session, call.Caller, ruleBooks, id);
        });
    }

    private static Request FactsOf(ParcelRow row) =>
        new()
        {
            JurisdictionId = row.JurisdictionId,
            Place = row.Place,
            Zone = row.Zone is null ? null : Slug.To<ZoneRank>(row.Zone),
            ZoneName = row.ZoneName,
            AreaM2 = row.Area / 100m,
            ContiguousGroup = row.ContiguousGroup,
            Cleared = row.Cleared,
            Use = row.LandUse is null ? null : Slug.To<LandUse>(row.LandUse),
            IndustryClasses = row.ClassList,
            MinIntensity = YuanOf(row.Intensity),
            MinOutput = YuanOf(row.Output),
            MinTax = YuanOf(row.Tax),
            From = row.AvailableFrom,
            PricePerMu = YuanOf(row.Price),
            Note = row.Note,
        };

    private static Money? YuanOf(long? hundredths) =>
        hundredths is { } amount ? Money.FromHundredths(amount, "CNY") : null;

    private static Parameters Values(Request request)
    {
        var texts = new[] { request.Place, request.ZoneName, request.ContiguousGroup }
            .OfType<string>()
            .Select(SearchText.Of)
            .Where(text => text.Length > 0)
            .ToList();
        return new Parameters
        {
            { "place", request.Place!.Trim() },
            { "search", string.Join('\n', texts.Concat(texts.SelectMany(Initials.Of)).Distinct()) },
            { "zone", request.Zone is { } zone ? Slug.Of(zone) : null },
            { "zoneName", Trimmed(request.ZoneName) },
            { "area", (long)(request.AreaM2!.Value * 100m) },
            { "contiguousGroup", Trimmed(request.ContiguousGroup) },
            { "cleared", request.Cleared is { } cleared ? (int?)(cleared ? 1 : 0) : null },
            { "landUse", request.Use is { } use ? Slug.Of(use) : null },
            { "classes", request.IndustryClasses is { Count: > 0 } classes ? Json.Write(classes) : null },
            { "intensity", request.MinIntensity?.Hundredths },
            { "output", request.MinOutput?.Hundredths },
            { "tax", request.MinTax?.Hundredths },
            { "availableFrom", request.From },
            { "price", request.PricePerMu?.Hundredths },
            { "note", Trimmed(request.Note) },
        };
    }

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private const string Insert = """
        INSERT INTO parcels (id, jurisdiction_id, place, search, zone, zone_name, area, contiguous_group, cleared, land_use, classes, intensity, output, tax, available_from, price, note,
          status, public_status, added_by, added_by_name, added_at, version, public_version, updated_at)
        VALUES (@id, @unit, @place, @search, @zone, @zoneName, @area, @contiguousGroup, @cleared, @landUse, @classes, @intensity, @output, @tax, @availableFrom, @price, @note,
          'reserve', 'reserve', @by, @byName, @now, 1, 1, @now)
        """;
    private const string Update = """
        UPDATE parcels SET place = @place, search = @search, zone = @zone, zone_name = @zoneName, area = @area, contiguous_group = @contiguousGroup, cleared = @cleared, land_use = @landUse,
          classes = @classes, intensity = @intensity, output = @output, tax = @tax, available_from = @availableFrom, price = @price, note = @note,
          version = version + 1, public_version = public_version + 1, updated_at = @now
        WHERE id = @id AND version = @version
        """;
}
