-- Workload W by hand for DuckDB: the same five outputs from a table of the same columns.
with a as (
 select *, least(10, 2*prior_violations + case when illegal_gain >= 10000000 then 3 else 0 end)::bigint as p,
  (no_licence_shown or no_closure_notice or obstructs_user_info) as shown, operator_kind = 0 as platform,
  not ((found_date > conduct_date_2 and not continuing) or (minor and corrected and harm_level = 0)) as ok
 from (select *, datediff('day', date '1970-01-01', (date '1970-01-01' + conduct_date) + interval 2 year) as conduct_date_2 from cases)),
 b as (select *,
  case when ok and shown and not platform then 1000*p end as f76,
  case when ok and (profiling_no_opt_out or default_tie_in) then case when serious then 200000+30000*p else 50000+15000*p end end as f77,
  case when ok and deposit_refund_blocked then case when serious then 200000+30000*p else 50000+15000*p end end as f78,
  case when ok and platform and not corrected and (no_operator_verification or no_reporting_to_authority or no_handling_of_violations or no_transaction_records) then case when serious then 100000+40000*p else 20000+8000*p end end as f80,
  case when ok and platform and (shown or rules_not_public or rules_changed_no_consult or self_operated_unmarked or reviews_deleted) then case when serious then 100000+40000*p else 20000+8000*p end end as f81,
  case when ok and platform and unreasonable_restrictions then case when serious then 500000+150000*p else 50000+45000*p end end as f82,
  case when ok and platform and (known_harm_no_action or no_qualification_check) then case when serious then 500000+150000*p else 50000+45000*p end end as f83,
  case when ok and platform and not corrected and (ip_notice_ignored or ip_known_no_action) then case when serious then 500000+150000*p else 50000+45000*p end end as f84,
  case when ok and (fake_reviews or (fake_transactions and fake_count >= 1)) then case when conduct_date < 17532 then 10000+19000*p when serious then 1000000+100000*p else 200000+80000*p end end as fbr
 from a),
 c as (select *, case when single_act then coalesce(greatest(f76,f77,f78,f80,f81,f82,f83,f84,fbr),0)
   else coalesce(f76,0)+coalesce(f77,0)+coalesce(f78,0)+coalesce(f80,0)+coalesce(f81,0)+coalesce(f82,0)+coalesce(f83,0)+coalesce(f84,0)+coalesce(fbr,0) end as fine,
   serious and (f80 is not null or f83 is not null) as suspension from b)
select fine, case when f77 is not null then illegal_gain//100 else 0 end as confiscation, suspension,
 (f76 is not null)::int + 2*(f77 is not null)::int + 4*(f78 is not null)::int + 8*(f80 is not null)::int + 16*(f81 is not null)::int + 32*(f82 is not null)::int + 64*(f83 is not null)::int + 128*(f84 is not null)::int + 256*(fbr is not null)::int as articles,
 fine >= 200000 or suspension as blacklist from c
