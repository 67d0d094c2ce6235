using Pipeline.Api.Queries;
using Pipeline.Data;

namespace Pipeline.Api.Features.Transfers;

/// <summary>The transfers that wait for an answer: of the unit that is to have the project, then of the centre (R40, R43a).</summary>
public sealed class TransfersDue : IDueSource
{
    public async Task<IEnumerable<DueItem>> Find(Session session, Caller caller, DueWindow window)
    {
        if (!Permissions.Allows(caller, Act.AnswerTransfer) && !Permissions.Allows(caller, Act.DecideTransfer))
            return [];
        var centre = Permissions.Allows(caller, Act.DecideTransfer);
        var where = new Conditions();
        where.Add(centre ? "t.status = 'accepted'" : "t.status = 'proposed'");
        if (!centre)
        {
            where.Add("t.to_id = @mine", "mine", caller.Unit ?? "");

            // What nobody answered in time has lapsed, whoever stores it.
            where.Add("t.accept_until >= @now", "now", window.Now);
        }

        var column = centre ? "t.decide_until" : "t.accept_until";
        var rows = await window.ByInstant<TransferRow>(session, TransferRow.Select, where, column, "t.seq");
        return rows.Select(row =>
        {
            var knows = centre || row.IsKnownToReceiver;
            var at = centre ? row.DecideUntil!.Value : row.AcceptUntil;
            return new DueRow
            {
                Seq = row.Seq,
                Id = row.Id,
                AtInstant = at,
                ProjectId = row.ProjectId,
                Secret = row.Secret,
                UnitId = knows ? row.FromId : null,
                UnitName = knows ? row.FromName : null,
            }.Item(
                centre ? DueKind.TransferToDecide : DueKind.TransferToAnswer,
                "transfer",
                $"/transfers?transfer={row.Id}",
                window
            ) with
            {
                Project = new DueProject
                {
                    Id = centre ? row.ProjectId : null,
                    Code = centre ? row.ProjectCode : null,
                    Name = row.Told(knows).Name,
                },
            };
        });
    }
}
