using FsCheck;
using FsCheck.Fluent;
using Pipeline.Domain.Projects;
using Pipeline.Domain.Totals;

namespace Pipeline.Domain.Tests.Totals;

/// <summary>The monthly identity (R95): opening + entered + transferred in − transferred out − landed − removed = closing.</summary>
public sealed class MonthlyIdentityTests
{
    [Test]
    public void R95_40_and_7_and_1_less_2_less_5_less_3_is_38()
    {
        IEnumerable<LibraryFlow> Many(int count, FlowKind kind, string month) =>
            Enumerable.Repeat(new LibraryFlow("nanhu", kind, month), count);
        LibraryFlow[] flows =
        [
            .. Many(42, FlowKind.Entered, "2024-04"), // 42 entered and 2 landed before May: 40
            .. Many(2, FlowKind.Landed, "2024-04"),
            .. Many(7, FlowKind.Entered, "2024-05"),
            .. Many(1, FlowKind.TransferredIn, "2024-05"),
            .. Many(2, FlowKind.TransferredOut, "2024-05"),
            .. Many(5, FlowKind.Landed, "2024-05"),
            .. Many(3, FlowKind.Removed, "2024-05"),
            .. Many(9, FlowKind.Entered, "2024-06"), // behind May
        ];
        var may = MonthlyIdentity.Of(flows, "2024-05")["nanhu"];
        may.ShouldBe(new IdentityRow(40, 7, 1, 2, 5, 3));
        may.Closing.ShouldBe(38);
        MonthlyIdentity.Of(flows, "2024-06")["nanhu"].Opening.ShouldBe(38);

        // The quarter: 0 + (42 + 7 + 9) + 1 − 2 − (2 + 5) − 3 = 47.
        MonthlyIdentity.Of(flows, "2024-Q2")["nanhu"].ShouldBe(new IdentityRow(0, 58, 1, 2, 7, 3));
    }

    [Test]
    public void R95_what_happens_to_a_project_flows_once()
    {
        string Flows(string? counted, string owner, Stage stage) =>
            string.Join(
                ' ',
                MonthlyIdentity
                    .Between(counted, owner, stage, Stage.Registered, "2024-05")
                    .Select(flow => $"{flow.Unit}:{flow.Kind}")
            );
        Flows(null, "a", Stage.InTalks).ShouldBe("a:Entered");
        Flows("a", "a", Stage.Signed).ShouldBe("");
        Flows("a", "b", Stage.InTalks).ShouldBe("a:TransferredOut b:TransferredIn");
        Flows("a", "a", Stage.Registered).ShouldBe("a:Landed");
        Flows("a", "a", Stage.Terminated).ShouldBe("a:Removed");
        Flows("a", "b", Stage.Terminated).ShouldBe("a:TransferredOut b:TransferredIn b:Removed");
        Flows(null, "a", Stage.Registered).ShouldBe("", "a backfill that has landed never counts");
        Flows(null, "a", Stage.Terminated).ShouldBe("");
        Flows(null, "a", Stage.Signed).ShouldBe("a:Entered", "moved back from registered, or reactivated");
    }

    /// <summary>What happens to one of a few projects, and in which month after the one before.</summary>
    private static readonly Gen<(int Project, int Owner, Stage Stage, int MonthsLater)[]> Histories = Gen.ArrayOf(
        from project in Gen.Choose(0, 5)
        from owner in Gen.Choose(0, 2)
        from stage in Gen.Elements(Enum.GetValues<Stage>())
        from later in Gen.Choose(0, 2)
        select (project, owner, stage, later)
    );

    [FsCheck.NUnit.Property]
    public Property R95_it_balances_for_every_history_unit_and_month_and_closes_on_what_stands() =>
        Prop.ForAll(Histories.ToArbitrary(), history =>
        {
            var flows = new List<LibraryFlow>();
            var stands = new Dictionary<int, (string Owner, Stage Stage)>();
            var month = new DateOnly(2024, 1, 1);
            var ends = new SortedDictionary<string, Dictionary<string, int>>(StringComparer.Ordinal);
            string Name(DateOnly day) => day.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);

            // What stands is counted from the projects themselves, never from the flows.
            Dictionary<string, int> Standing() =>
                stands
                    .Values.Where(one => one.Stage is Stage.InTalks or Stage.Signed)
                    .GroupBy(one => one.Owner)
                    .ToDictionary(unit => unit.Key, unit => unit.Count());
            foreach (var (project, owner, stage, later) in history)
            {
                for (var n = 0; n < later; n++)
                {
                    ends[Name(month)] = Standing();
                    month = month.AddMonths(1);
                }

                var counted = stands.TryGetValue(project, out var was)
                    ? MonthlyIdentity.CountsFor(was.Owner, was.Stage, Stage.Registered)
                    : null;
                flows.AddRange(MonthlyIdentity.Between(counted, $"u{owner}", stage, Stage.Registered, Name(month)));
                stands[project] = ($"u{owner}", stage);
            }

            ends[Name(month)] = Standing();
            IReadOnlyDictionary<string, IdentityRow>? before = null;
            foreach (var (name, standing) in ends)
            {
                var rows = MonthlyIdentity.Of(flows, name);
                foreach (var unit in new[] { "u0", "u1", "u2" })
                {
                    var row = rows.GetValueOrDefault(unit) ?? new IdentityRow(0, 0, 0, 0, 0, 0);
                    row.Closing.ShouldBe(standing.GetValueOrDefault(unit), $"{unit} in {name}");
                    row.Opening.ShouldBe(before?.GetValueOrDefault(unit)?.Closing ?? 0, $"{unit} into {name}");
                }

                var city = MonthlyIdentity.Sum(rows.Values);
                city.TransferredIn.ShouldBe(city.TransferredOut);
                city.Closing.ShouldBe(standing.Values.Sum());
                before = rows;
            }
        });
}
