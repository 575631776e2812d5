using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.OffsetFetch;

/// <summary>Up to version 7 it names one group, whose fields stand in the request itself.</summary>
internal sealed class OffsetFetchRequest : IMessage
{
    public List<Group> Groups { get; set; } = [];

    public bool RequireStable { get; set; }

    public void Exchange(Wire wire)
    {
        if (wire.Version >= 8)
        {
            Groups = wire.Array(Groups);
        }
        else
        {
            if (Groups.Count == 0)
                Groups.Add(new Group());
            var only = Groups[0];
            only.GroupId = wire.String(only.GroupId);
            only.Topics = wire.Version >= 2 ? wire.NullableArray(only.Topics) : wire.Array(only.Topics ?? []);
        }

        if (wire.Version >= 7)
            RequireStable = wire.Bool(RequireStable);
    }

    internal sealed class Group : IMessage
    {
        public string GroupId { get; set; } = "";

        public string? MemberId { get; set; }

        public int MemberEpoch { get; set; } = -1;

        /// <summary>Null asks for everything the group has.</summary>
        public List<Topic>? Topics { get; set; } = [];

        public void Exchange(Wire wire)
        {
            GroupId = wire.String(GroupId);
            if (wire.Version >= 9)
            {
                MemberId = wire.NullableString(MemberId);
                MemberEpoch = wire.Int32(MemberEpoch);
            }

            Topics = wire.NullableArray(Topics);
        }
    }

    internal sealed class Topic : IMessage
    {
        public string Name { get; set; } = "";

        public List<int> Partitions { get; set; } = [];

        public void Exchange(Wire wire)
        {
            Name = wire.String(Name);
            Partitions = wire.Int32s(Partitions);
        }
    }
}
