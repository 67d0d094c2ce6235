using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Api.Features.Audit;
using Pipeline.Api.Tests.Support;
using Pipeline.Data;

namespace Pipeline.Api.Tests.Audit;

/// <summary>Whoever has the database in hand and alters, deletes, moves or cuts off what was recorded is found out.</summary>
public sealed class TamperTests(string engine) : OnEachEngine(engine)
{
    [TestCase("UPDATE audit SET actor_name = 'somebody else' WHERE seq = @middle", "hash")]
    [TestCase("UPDATE audit SET actor_id = NULL WHERE seq = @middle", "hash")]
    [TestCase("UPDATE audit SET at = @earlier WHERE seq = @middle", "hash")]
    [TestCase(
        "UPDATE audit SET changes = NULL WHERE seq = (SELECT MAX(seq) FROM audit WHERE changes IS NOT NULL)",
        "hash"
    )]
    [TestCase(
        "UPDATE audit SET outcome = 'done' WHERE seq = (SELECT MAX(seq) FROM audit WHERE outcome = 'denied')",
        "hash"
    )]
    [TestCase("UPDATE audit SET reason = '同意' WHERE seq = @middle", "hash")]
    [TestCase("UPDATE audit SET request_id = 'x' WHERE seq = @middle", "hash")]
    [TestCase("UPDATE audit SET previous_hash = 'forged' WHERE seq = @middle", "previous-hash")]
    [TestCase("UPDATE audit SET hash = 'forged' WHERE seq = @middle", "hash")]
    [TestCase("DELETE FROM audit WHERE seq = 1", "sequence-gap")]
    [TestCase("DELETE FROM audit WHERE seq = @middle", "sequence-gap")]
    [TestCase("DELETE FROM audit WHERE seq = @last", "missing")]
    [TestCase("UPDATE audit SET seq = seq + 1000 WHERE seq = @last", "sequence-gap")]
    [TestCase("UPDATE audit_head SET hash = 'forged' WHERE id = 1", "head")]
    public async Task Tampering_is_found(string statement, string reason)
    {
        await Happens();
        (await Verified()).ShouldBe((true, null));
        var last = Last();
        App.Sql(connection =>
                connection.Execute(
                    statement,
                    new
                    {
                        middle = last / 2,
                        last = Last(),
                        earlier = App.Time.GetUtcNow().AddHours(-1),
                    }
                )
            )
            .ShouldBe(1);
        (await Verified()).ShouldBe((false, reason));
    }

    [Test]
    public async Task Two_entries_that_change_places_are_found()
    {
        await Happens();
        App.Sql(connection =>
            connection.Execute(
                "UPDATE audit SET seq = 100001 WHERE seq = 3; UPDATE audit SET seq = 3 WHERE seq = 4; UPDATE audit SET seq = 4 WHERE seq = 100001"
            )
        );
        (await Verified()).ShouldBe((false, "previous-hash"));
    }

    [Test]
    public async Task A_tail_cut_off_together_with_the_head_is_found_by_the_anchor_outside()
    {
        await Happens();
        (await App.Services.GetRequiredService<Anchors>().Keep()).ShouldBeTrue();
        var last = Last();
        App.Sql(connection =>
            connection.Execute(
                "DELETE FROM audit WHERE seq > @cut; UPDATE audit_head SET seq = @cut, hash = (SELECT hash FROM audit WHERE seq = @cut) WHERE id = 1",
                new { cut = last - 2 }
            )
        );
        (await Verified()).ShouldBe((false, "missing"));
    }

    [Test]
    public async Task A_chain_rewritten_from_an_entry_on_is_found_by_the_anchor_outside()
    {
        await Happens();
        (await App.Services.GetRequiredService<Anchors>().Keep()).ShouldBeTrue();
        Rewrite(Last() - 2);
        (await Verified()).ShouldBe((false, "anchor"));
    }

    [Test]
    public async Task Without_an_anchor_a_chain_rewritten_whole_would_hold()
    {
        // Why anchors are kept outside the database: whoever owns the database can compute hashes too.
        await Happens();
        Rewrite(Last() - 2);
        (await Verified()).ShouldBe((true, null));
    }

    [Test]
    public async Task A_forged_anchor_is_found_by_its_signature()
    {
        await Happens();
        var anchors = App.Services.GetRequiredService<Anchors>();
        (await anchors.Keep()).ShouldBeTrue();
        var file = anchors.File!;
        await File.WriteAllTextAsync(
            file,
            (await File.ReadAllTextAsync(file)).Replace("\"auditSeq\":", "\"auditSeq\":1", StringComparison.Ordinal)
        );
        (await Verified()).ShouldBe((false, "anchor-signature"));
        await File.WriteAllTextAsync(file, "not an anchor");
        (await Verified()).ShouldBe((false, "anchor-file"));
    }

    [Test]
    public async Task A_receipt_rewritten_is_found_by_the_anchor_outside()
    {
        (await App.As("nanhu").Reports(Given.Project())).Is(201);
        (await App.Services.GetRequiredService<Anchors>().Keep()).ShouldBeTrue();
        App.Sql(connection => connection.Execute("UPDATE claims SET receipt_hash = 'rewritten'")).ShouldBe(1);
        (await Verified()).ShouldBe((false, "anchor"));
    }

    [Test]
    public async Task An_anchor_is_kept_once_for_a_head_that_does_not_move()
    {
        var anchors = App.Services.GetRequiredService<Anchors>();
        (await App.As("nanhu").Reports(Given.Project())).Is(201);
        (await anchors.Keep()).ShouldBeTrue();
        (await anchors.Keep()).ShouldBeFalse();
        (await App.As("xiuzhou").Reports(Given.Another(3))).Is(201);
        (await anchors.Keep()).ShouldBeTrue();
        anchors.Read().Count().ShouldBe(2);
        (await App.As("auditor").Get("audit/verify")).Is(200)["anchorsChecked"].GetValue<int>().ShouldBe(2);
    }

    [Test]
    public async Task Entries_of_callers_who_come_together_form_one_chain()
    {
        await Task.WhenAll(
            Enumerable
                .Range(0, 40)
                .Select(number =>
                    number % 2 == 0
                        ? App.As("nanhu").Get("projects/0123456789abcdef0123456789abcdef")
                        : App.As("xiuzhou")
                            .Post("projects", Given.Another(number % 16, 5_000_000m - (number % 16 * 700_000_000m)))
                )
        );
        (await Verified()).ShouldBe((true, null));
        Last().ShouldBeGreaterThan(39);
    }

    private async Task Happens()
    {
        (await App.As("nanhu").Reports(Given.Project())).Is(201);
        (await App.As("xiuzhou").Reports(Given.Project())).Is(201);
        (await App.As("xiuzhou").Get("projects/0123456789abcdef0123456789abcdef")).Is(404);
        (
            await App.As("admin")
                .Post(
                    "jurisdictions",
                    new
                    {
                        code = "newzone",
                        name = "新区",
                        kind = "zone",
                    }
                )
        ).Is(201);
        (await App.As("centre").Get("moves")).Is(200);
    }

    private async Task<(bool Valid, string? Reason)> Verified()
    {
        var answer = (await App.As("auditor").Get("audit/verify")).Is(200);
        return (answer["valid"].GetValue<bool>(), (string?)answer.Body!["firstBroken"]?["reason"]);
    }

    private long Last() => App.Sql(connection => connection.ExecuteScalar<long>("SELECT MAX(seq) FROM audit"));

    /// <summary>What an attacker with the database and the program's source would do: alter an entry and compute every later hash anew.</summary>
    private void Rewrite(long from) =>
        App.Sql(connection =>
        {
            connection.Execute("UPDATE audit SET reason = 'forged' WHERE seq = @from", new { from });
            var rows = connection
                .Query<AuditRow>($"SELECT {AuditRow.Columns} FROM audit WHERE seq >= @from ORDER BY seq", new { from })
                .ToList();
            var previous = rows[0].PreviousHash;
            foreach (var row in rows)
            {
                // One parameterised update each: previous_hash is unique.
                var forged = new AuditRow
                {
                    Seq = row.Seq,
                    Id = row.Id,
                    At = row.At,
                    ActorKind = row.ActorKind,
                    ActorId = row.ActorId,
                    ActorName = row.ActorName,
                    ActorRole = row.ActorRole,
                    OnBehalfOf = row.OnBehalfOf,
                    Action = row.Action,
                    Outcome = row.Outcome,
                    SubjectKind = row.SubjectKind,
                    SubjectId = row.SubjectId,
                    ProjectId = row.ProjectId,
                    Address = row.Address,
                    Client = row.Client,
                    Request = row.Request,
                    RequestId = row.RequestId,
                    Reason = row.Reason,
                    RuleSetId = row.RuleSetId,
                    Changes = row.Changes,
                    PreviousHash = previous,
                };
                connection.Execute(
                    "UPDATE audit SET previous_hash = @previous, hash = @hash WHERE seq = @seq",
                    new
                    {
                        previous,
                        hash = forged.Seal(),
                        seq = row.Seq,
                    }
                );
                previous = forged.Seal();
            }

            connection.Execute("UPDATE audit_head SET hash = @previous WHERE id = 1", new { previous });
            return 0;
        });
}
