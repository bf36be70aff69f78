(function(h,u){if(h.load)return;h.load=h.init=function(e,o){h.appid=h.envId=e;h.config=h.clientConfig=o||{};
var d=document,s=d.createElement("script"),c=d.currentScript||d.querySelector("script[nonce]"),p=window.trustedTypes,a=u+"/js/heap-"+e+".js";
if(p)try{a=p.createPolicy("weir",{createScriptURL:function(x){return x}}).createScriptURL(a)}catch(_){}
if(c&&c.nonce)s.nonce=c.nonce;s.async=!0;s.referrerPolicy="no-referrer";s.src=a;d.head.appendChild(s)};
"track,trackPageview,identify,identifyHashed,resetIdentity,addUserProperties,addAccountProperties,addEventProperties,setEventProperties,removeEventProperty,unsetEventProperty,clearEventProperties,addPageviewProperties,removePageviewProperty,clearPageviewProperties,getUserId,getIdentity,getSessionId,onReady,addAdapter,addTransformer,addTransformerFn,startTracking,stopTracking".split(",").forEach(function(m){h[m]=function(){h.push([m].concat([].slice.call(arguments)))}})
})(window.heap=window.heap||[],"__WEIR__");
