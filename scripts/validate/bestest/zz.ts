import { readFileSync } from 'node:fs';
import { readEpw } from '#formats/epw/index.ts';
import { cases, climateOf, simulateCase, windowSun } from '/work/wt-physics/scripts/validate/bestest/case.ts';
import { clearGlazing } from '#core/physics/hourly/glazing.ts';
const C='/work/shared/corpus/';
const y=readEpw('x.epw.gz',readFileSync(C+'weather/bestest/725650TYCST.epw.gz'));
if(!y.ok) throw y.error;
const rows=readFileSync(C+'reference/ashrae140/ashrae140_2020_reference.csv','utf8').trim().split('\n').slice(1).map(l=>l.split(','));
const climate=climateOf(y.value.year);
const sum=(a:Float64Array)=>a.reduce((s,v)=>s+v,0);
let bad=0,n=0;
for (const c of cases){
  const r=simulateCase(climate,c);
  const v:Record<string,number>={annual_heating_MWh:sum(r.heatingW)/1e6,annual_cooling_MWh:sum(r.coolingW)/1e6,peak_heating_kW:Math.max(...r.heatingW)/1e3,peak_cooling_kW:Math.max(...r.coolingW)/1e3,average_temperature_C:sum(r.airC)/8760,minimum_temperature_C:Math.min(...r.airC),maximum_temperature_C:Math.max(...r.airC)};
  for (const x of rows.filter(r=>r[0]===c.id)){ const m=x[1]; if(!(m in v)) continue;
   const lo=Number(x[11]===''?x[2]:x[11]), hi=Number(x[12]===''?x[3]:x[12]); const mod=x[13]===''?NaN:Number(x[13]);
   const out=(q:number)=>Math.max(0,lo-q,q-hi); const o=out(v[m]), om=out(mod);
   n++; const ok=o===0||o<=om; if(!ok)bad++;
   console.log(`${c.id.padEnd(6)} ${m.padEnd(22)} ${v[m].toFixed(3).padStart(8)} [${lo}, ${hi}] 5r1c ${mod} ${o===0?'in':o<=om?'<=pub':'OUT '+o.toFixed(3)+' pub '+om.toFixed(3)}`);
  }
}
console.log(bad,n);
const g=clearGlazing(2), g1=clearGlazing(1); const cur=(q:any)=>({at:(c:number)=>q.at(c).transmitted,diffuse:q.diffuse.transmitted});
for (const [id,q] of [['600',g],['670',g1],['620',g],['610',g],['630',g]] as const){ const c=cases.find(c=>c.id===id)!; for (const [n,a] of windowSun(climate,c,cur(q))) console.log('trans',id,n,sum(a)/1000); }
