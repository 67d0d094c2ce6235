using Pipeline.Api.Queries;
using Pipeline.Data;
using Pipeline.Domain.Projects;

namespace Pipeline.Api.Features.Lights;

/// <summary>The lights that turn, by the days that are kept with the projects (R93).</summary>
public sealed class LightsDue : IDueSource
{
    public async Task<IEnumerable<DueItem>> Find(Session session, Caller caller, DueWindow window)
    {
        if (!Permissions.Allows(caller, Act.ReadLights))
            return [];

        // Of one project the two never fall on one day, so that day and number tell all items apart.
        return
        [
            .. (await Turning(session, caller, window, Light.Yellow))
                .Concat(await Turning(session, caller, window, Light.Red))
                .OrderBy(item => item.On)
                .ThenBy(item => item.Seq)
                .Take(window.Limit),
        ];
    }

    private static async Task<IEnumerable<DueItem>> Turning(
        Session session,
        Caller caller,
        DueWindow window,
        Light light
    )
    {
        var column = light == Light.Red ? "p.red_on" : "p.yellow_on";
        var where = DueItems.Concerning(caller);
        where.Add($"{column} > @today", "today", window.Today);
        if (light == Light.Yellow)
            where.Add("(p.red_on IS NULL OR p.red_on > p.yellow_on)");
        var rows = await window.ByDay<DueRow>(
            session,
            light == Light.Red ? SelectRed : SelectYellow,
            where,
            column,
            "p.seq"
        );
        return rows.Select(row =>
            row.Item(DueKind.LightTurns, "project", $"/projects/{row.Id}", window) with
            {
                Light = light,
            }
        );
    }

    private const string Columns =
        "p.id AS project_id, p.code AS project_code, p.name AS project_name, p.secret, p.owner_id AS unit_id, o.name AS unit_name FROM projects p JOIN jurisdictions o ON o.id = p.owner_id";
    private const string SelectYellow = $"SELECT p.seq, p.id, p.yellow_on AS on_day, {Columns}";
    private const string SelectRed = $"SELECT p.seq, p.id, p.red_on AS on_day, {Columns}";
}
