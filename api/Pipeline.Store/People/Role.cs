namespace Pipeline.Store.People;

/// <summary>What somebody is, as far as rights go.</summary>
public enum Role
{
    Officer,
    Coordinator,
    Leader,
    Department,
    Auditor,
    Admin,
}
