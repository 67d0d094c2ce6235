using Pipeline.Domain.Chains;

namespace Pipeline.Domain.Tests.Chains;

/// <summary>Industry chains (R133).</summary>
public sealed class ChainRulesTests
{
    // The worked test of R133: 9 of 12 nodes → 75.00 %.
    [Test]
    public void R133_coverage_is_nodes_with_a_landed_project_over_all()
    {
        ChainRules.Coverage(9, 12).ShouldBe(0.75m);
        ChainRules.Coverage(0, 12).ShouldBe(0m);
        ChainRules.Coverage(0, 0).ShouldBeNull("of no node nobody can say");
    }

    [Test]
    public void R133_a_missing_node_turns_weak_when_a_project_lands_there()
    {
        ChainRules.AfterLanding(NodeState.Missing).ShouldBe(NodeState.Weak);
        foreach (var state in new[] { NodeState.Strong, NodeState.Weak, NodeState.Choke })
            ChainRules.AfterLanding(state).ShouldBe(state);
    }

    // Drawn up in May: by the end of June. Reviewed in any day of a quarter: by the end of the next.
    [TestCase("2026-05-04", null, "2026-06-30")]
    [TestCase("2026-01-01", "2026-02-10", "2026-06-30")]
    [TestCase("2026-01-01", "2026-03-31", "2026-06-30")]
    [TestCase("2026-01-01", "2026-12-31", "2027-03-31")]
    [TestCase("2026-01-01", "2026-07-01", "2026-12-31")]
    public void R133_a_chain_is_reviewed_each_quarter(string drawnUp, string? reviewed, string due) =>
        ChainRules
            .ReviewDueOn(DateOnly.Parse(drawnUp), reviewed is null ? null : DateOnly.Parse(reviewed))
            .ShouldBe(DateOnly.Parse(due));

    [Test]
    public void R133_a_node_is_suggested_by_class_and_first_where_the_project_names_the_chain()
    {
        ChainRules.Suggest("3841", "新型储能", "新型储能", ["38"]).ShouldBe([NodeReason.Class, NodeReason.Chain]);
        ChainRules.Suggest("3841", null, "新型储能", ["384"]).ShouldBe([NodeReason.Class]);
        ChainRules.Suggest("3841", "新型储能", "新型储能", ["39"]).ShouldBeEmpty();
        ChainRules.Suggest(null, "新型储能", "新型储能", ["38"]).ShouldBeEmpty("nobody's class is guessed");
    }
}
