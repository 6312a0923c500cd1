-- V290 brought over only the first branch of those entered before it; here are the others (BACCA-27-7), which stand in
-- the member's data as one text, a、b. Each place in the text where a name begins gives one row; what is there stays.
insert ignore into member_branch (association_id, branch, member_id)
select distinct named.association_id, named.branch, named.id
from (
    select listed.association_id,
           listed.id,
           substring(listed.names, place.n, locate('、', concat(listed.names, '、'), place.n) - place.n) as branch
    from (
        select begun.association_id,
               begun.id,
               substring(begun.data, begun.at_char, locate('"', begun.data, begun.at_char) - begun.at_char) as names
        from (
            select association_id, id, data, locate('"branch-more":"', data) + 15 as at_char
            from member
            where data like '%"branch-more":"%'
        ) begun
    ) listed
    join (
        select ones.n + 10 * tens.n + 100 * hundreds.n + 1 as n
        from (select 0 n union all select 1 union all select 2 union all select 3 union all select 4
              union all select 5 union all select 6 union all select 7 union all select 8 union all select 9) ones
        cross join (select 0 n union all select 1 union all select 2 union all select 3 union all select 4
              union all select 5 union all select 6 union all select 7 union all select 8 union all select 9) tens
        cross join (select 0 n union all select 1 union all select 2 union all select 3 union all select 4
              union all select 5 union all select 6 union all select 7 union all select 8 union all select 9) hundreds
    ) place on place.n <= char_length(listed.names)
           and (place.n = 1 or substring(listed.names, place.n - 1, 1) = '、')
) named
where char_length(named.branch) between 1 and 80;
