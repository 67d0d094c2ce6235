using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Land;
using Pipeline.Domain.Matching;
using Pipeline.Store.Projects;

namespace Pipeline.Store.Land;

/// <summary>Puts parcels of land in the library, and changes their facts (R132). The caller holds the lock of the resources.</summary>
public static class StoreParcel
{
    /// <summary>Stores a new parcel that was checked, kept back at first.</summary>
    /// <returns>Its id.</returns>
    public static async Task<string> Add(Session session, Caller by, string unit, ParcelBody request)
    {
        var id = Ids.New();
        var values = Values(request);
        values.AddKeeper(session, by, id);
        values.Add("unit", unit);
        await session.Execute(Insert, values);
        return id;
    }

    /// <summary>Stores changed facts of a parcel.</summary>
    public static Task Change(Session session, ParcelRow row, ParcelBody request)
    {
        var values = Values(request);
        values.AddChanged(session, row.Id, row.Version);
        return session.ExecuteOnOne(Update, values);
    }

    /// <summary>Stores where a parcel stands, and what others than its unit are told.</summary>
    public static Task Proceed(
        Session session,
        ParcelRow row,
        ParcelStatus status,
        ParcelStatus told,
        string? projectId,
        string? reason
    ) =>
        session.ExecuteOnOne(
            SetStatus,
            new
            {
                id = row.Id,
                version = row.Version,
                status = Slug.Of(status),
                told = Slug.Of(told),
                projectId,
                reason,
                now = session.Now,
            }
        );

    /// <summary>Withdraws a parcel as one that never was, since the import that brought it is undone.</summary>
    public static async Task TakeBack(Session session, ParcelRow row, string reason)
    {
        await Proceed(session, row, ParcelStatus.Withdrawn, ParcelStatus.Withdrawn, null, reason);
        await session.ExecuteOnOne(SetUndone, new { id = row.Id });
    }

    /// <summary>The parcel of a unit at this place, however its name is spelt; null: there is none. One that never was is none.</summary>
    public static async Task<ParcelRow?> FindSame(Session session, Caller caller, string unit, string place)
    {
        var sought = SearchText.Of(place);
        var rows = await session.Query<ParcelRow>(
            $"{ParcelRow.Select} WHERE l.jurisdiction_id = @unit AND l.undone = 0 ORDER BY l.seq",
            new
            {
                unit,
                mine = caller.Unit ?? "",
                me = caller.UserId,
            }
        );
        return rows.FirstOrDefault(row => SearchText.Of(row.Place) == sought);
    }

    /// <summary>The facts of a parcel as they were stated.</summary>
    public static ParcelBody FactsOf(ParcelRow row) =>
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

    private static Parameters Values(ParcelBody request)
    {
        var texts = new[] { request.Place, request.ZoneName, request.ContiguousGroup }
            .OfType<string>()
            .Select(SearchText.Of)
            .Where(text => text.Length > 0)
            .ToList();
        return new Parameters
        {
            { "place", request.Place!.Trim() },
            { "search", string.Join('\n', texts.Concat(texts.SelectMany(Pinyin.InitialsOf)).Distinct()) },
            { "zone", request.Zone is { } zone ? Slug.Of(zone) : null },
            { "zoneName", Texts.Trimmed(request.ZoneName) },
            { "area", (long)(request.AreaM2!.Value * 100m) },
            { "contiguousGroup", Texts.Trimmed(request.ContiguousGroup) },
            { "cleared", request.Cleared is { } cleared ? (int?)(cleared ? 1 : 0) : null },
            { "landUse", request.Use is { } use ? Slug.Of(use) : null },
            { "classes", request.IndustryClasses is { Count: > 0 } classes ? Json.Write(classes) : null },
            { "intensity", request.MinIntensity?.Hundredths },
            { "output", request.MinOutput?.Hundredths },
            { "tax", request.MinTax?.Hundredths },
            { "availableFrom", request.From },
            { "price", request.PricePerMu?.Hundredths },
            { "note", Texts.Trimmed(request.Note) },
        };
    }

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
    private const string SetUndone = "UPDATE parcels SET undone = 1 WHERE id = @id";
    private const string SetStatus = """
        UPDATE parcels SET status = @status, project_id = @projectId, reason = @reason, version = version + 1, updated_at = @now,
          public_version = CASE WHEN public_status = @told THEN public_version ELSE public_version + 1 END, public_status = @told
        WHERE id = @id AND version = @version
        """;
}
